import { z } from 'zod';
import { METRICS_PATH } from './limits.ts';
import { METRICS_TYPE, metricsOf } from './metrics.ts';
import { openApi } from './openapi.ts';
import { type Route, route } from './route.ts';
import { custodyRoutes } from './routes/custody.ts';
import { eventRoutes } from './routes/events.ts';
import { maintenanceRoutes } from './routes/maintenance.ts';
import { noticeRoutes } from './routes/notices.ts';
import { officeRoutes } from './routes/office.ts';
import { panelRoutes } from './routes/panel.ts';
import { parcelRoutes } from './routes/parcels.ts';
import { peopleRoutes } from './routes/people.ts';
import { siteRoutes } from './routes/site.ts';
import type { Tools } from './tools.ts';

/** All that the API can be asked, on whichever socket. */
export function routesOf(tools: Tools): Route[] {
  const parts = [
    ...[siteRoutes, parcelRoutes, eventRoutes, panelRoutes, maintenanceRoutes],
    ...[custodyRoutes, peopleRoutes, officeRoutes, noticeRoutes],
  ];
  const routes = [...parts.flatMap((part) => part(tools)), metricsRoute(tools)];
  const document: Route = route({
    ...{ method: 'GET', path: '/openapi.json', role: 'ro', summary: 'this document' },
    reply: z.looseObject({}),
    once: () => ({ ...openApi(tools.version, [...routes, document]) }),
  });
  return [...routes, document];
}

function metricsRoute(tools: Tools): Route {
  const registry = metricsOf(tools);
  return route({
    ...{ method: 'GET', path: METRICS_PATH, role: 'ro', summary: 'figures for Prometheus' },
    type: METRICS_TYPE,
    reply: z.string(),
    once: () => registry.metrics(),
  });
}
