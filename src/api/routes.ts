import type { Route } from './route.ts';
import { eventRoutes } from './routes/events.ts';
import { panelRoutes } from './routes/panel.ts';
import { parcelRoutes } from './routes/parcels.ts';
import { siteRoutes } from './routes/site.ts';
import type { Tools } from './tools.ts';

/** All that the API can be asked, on whichever socket. */
export const routesOf = (tools: Tools): Route[] =>
  [siteRoutes, parcelRoutes, eventRoutes, panelRoutes].flatMap((routes) => routes(tools));
