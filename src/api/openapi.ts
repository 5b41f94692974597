import { z } from 'zod';
import type { Route } from './route.ts';

const REFUSED = z.strictObject({
  error: z.strictObject({
    code: z.string().describe('for programs'),
    message: z.string().describe('for people: the thing, what it is, what is allowed'),
  }),
});

/** The API as a document (OpenAPI 3.1), made of the routes themselves. */
export function openApi(version: string, routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    const methods = paths[path] ?? {};
    methods[route.method.toLowerCase()] = operationOf(route);
    paths[path] = methods;
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'lockerd',
      version,
      description: 'HTTP over a unix socket for each role; see LOCKERCTL.md',
    },
    paths,
  };
}

function operationOf(route: Route): object {
  const isStream = 'stream' in route;
  const body = schemaOf(route.body, 'input');
  const hasBody = Object.keys(body.properties ?? {}).length > 0;
  return {
    summary: route.summary,
    description: `On ${route.role === 'ro' ? 'ro.sock and ctl.sock' : `${route.role}.sock`}.`,
    parameters: [...pathParameters(route), ...queryParameters(route)],
    ...(hasBody && { requestBody: { required: true, content: json(body) } }),
    responses: {
      '200': {
        description: isStream ? 'server-sent events, one of these in each' : 'the answer',
        content: isStream
          ? { 'text/event-stream': { schema: schemaOf(route.reply, 'output') } }
          : { [route.type ?? JSON_TYPE]: { schema: schemaOf(route.reply, 'output') } },
      },
      default: { description: 'a refusal', content: json(schemaOf(REFUSED, 'output')) },
    },
  };
}

const pathParameters = ({ path }: Route): object[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name]) => {
    return { name, in: 'path', required: true, schema: { type: 'string' } };
  });

function queryParameters({ query }: Route): object[] {
  const { properties = {}, required = [] } = schemaOf(query, 'input');
  return Object.entries(properties).map(([name, schema]) => {
    return { name, in: 'query', required: required.includes(name), schema };
  });
}

const JSON_TYPE = 'application/json';
const json = (schema: object): object => ({ [JSON_TYPE]: { schema } });

interface Schema {
  readonly properties?: Readonly<Record<string, object>>;
  readonly required?: readonly string[];
}

function schemaOf(shape: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { io });
  return schema as Schema;
}
