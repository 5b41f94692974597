import { z } from 'zod';
import { openApi } from './openapi.ts';
import { type Route, route } from './route.ts';
import { eventRoutes } from './routes/events.ts';
import { maintenanceRoutes } from './routes/maintenance.ts';
import { panelRoutes } from './routes/panel.ts';
import { parcelRoutes } from './routes/parcels.ts';
import { siteRoutes } from './routes/site.ts';
import type { Tools } from './tools.ts';

/** All that the API can be asked, on whichever socket. */
export function routesOf(tools: Tools): Route[] {
  const parts = [siteRoutes, parcelRoutes, eventRoutes, panelRoutes, maintenanceRoutes];
  const routes = parts.flatMap((part) => part(tools));
  const document: Route = route({
    ...{ method: 'GET', path: '/openapi.json', role: 'ro', summary: 'this document' },
    reply: z.looseObject({}),
    once: () => ({ ...openApi(tools.version, [...routes, document]) }),
  });
  return [...routes, document];
}
