import { UNREAD_MAX_MS } from '../api/limits.ts';
import { routesOf } from '../api/routes.ts';
import { ApiServer } from '../api/server.ts';
import type { Tools } from '../api/tools.ts';
import { socketPath } from '../config/socket-path.ts';
import type { Log } from '../control/ports.ts';
import { peerUid } from '../platform/peer-uid.ts';

/** The sockets for `lockerctl` and screens. Import this only when the config has a folder. */
export async function openApi(
  folder: string,
  tools: Tools,
  log: Log,
  metricsPort?: number,
): Promise<ApiServer> {
  const server = new ApiServer(
    {
      ...{ pathOf: (role) => socketPath(folder, role), log, uidOf: peerUid, metricsPort },
      unreadMaxMs: UNREAD_MAX_MS,
    },
    routesOf(tools),
  );
  await server.listen();
  log.info('the api listens', { folder });
  return server;
}
