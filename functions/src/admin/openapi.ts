import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import { publicRoute, type Route, type RouteDescription } from './route.ts';

/** A route of any function, as far as clients must know it. */
export interface Described extends RouteDescription {
  /** Absent where the summary has to say who may ask. */
  access?: Route['access'];
}

/** The one shape of every failure (see answer-error.ts). */
const Failure = z
  .object({
    error: z.object({
      code: z.string().meta({ description: 'For programs: stays the same over versions.' }),
      message: z.string().meta({ description: 'For people: says what to do.' }),
      details: z
        .object({
          request_id: z.string().meta({ description: 'Under this id the log has the request.' }),
          fields: z
            .array(z.object({ path: z.string(), message: z.string() }))
            .optional()
            .meta({ description: 'What is wrong with which part of the request.' }),
          holder: z
            .object({
              admin_id: z.string().nullable(),
              name: z.string().optional(),
              epoch: z.number().int(),
              until: z.string().nullable(),
            })
            .optional()
            .meta({ description: 'Who has the call, where somebody else does.' }),
        })
        .optional(),
    }),
  })
  .meta({ id: 'Error' });

const JSON_TYPE = 'application/json';

/**
 * OpenAPI 3.1 of all routes, made from the schemas that check their requests: a route that is served
 * and not described can't be.
 */
export async function openApiDocument(routes: readonly Described[], version: string) {
  // Loaded when somebody asks: no other request pays for it.
  const { createDocument } = await import('zod-openapi');
  const paths: ZodOpenApiPathsObject = {};
  for (const described of routes) {
    paths[described.path] = {
      ...paths[described.path],
      [described.method.toLowerCase()]: operation(described),
    };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Aurora',
      version,
      description:
        'The supervisors’ API. Lists answer { items, next_cursor }. Times are ISO 8601 with offset. ' +
        'Every failure has the form of the schema Error.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: {
      schemas: { Error: Failure },
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description:
            'The access_token that POST /login answers, or a company’s API key where told.',
        },
      },
    },
  });
}

function operation(described: Described): ZodOpenApiOperationObject {
  const { params, query, headers, body, access } = described;
  return {
    operationId: operationId(described),
    summary: described.summary,
    ...(access && access !== 'public' && { description: whoMay(access, described.forOperators) }),
    tags: [described.tag],
    security: access === 'public' ? [] : [{ token: [] }],
    requestParams: {
      ...(params && { path: params }),
      ...(query && { query }),
      ...(headers && { header: headers }),
    },
    ...(body && { requestBody: { required: true, content: { [JSON_TYPE]: { schema: body } } } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(described.answers).map(([status, answer]) => [
          status,
          {
            description: answer.description,
            ...(answer.schema && {
              content: {
                [answer.contentType ?? JSON_TYPE]: { schema: answer.schema },
                ...Object.fromEntries(
                  (answer.otherTypes ?? []).map((type) => [type, { schema: z.string() }]),
                ),
              },
            }),
            ...(answer.headers && {
              headers: z.object(
                Object.fromEntries(
                  Object.entries(answer.headers).map(([name, description]) => [
                    name,
                    z.string().meta({ description }),
                  ]),
                ),
              ),
            }),
          },
        ]),
      ),
      default: {
        description: 'It failed: status and code say why, the message what to do.',
        content: { [JSON_TYPE]: { schema: Failure } },
      },
    },
  };
}

/** `get_api_call_call_id`: unique, since method and path are. */
function operationId({ method, path }: RouteDescription): string {
  const words = path.replace(/[{}]/g, '').split(/[^A-Za-z0-9_]+/);
  return [method.toLowerCase(), ...words.filter(Boolean)].join('_');
}

/** `GET /api/openapi.json`, of all routes that are given here, itself included. */
export function openApiRoute(routes: readonly Described[], version: string): Route {
  let document: ReturnType<typeof openApiDocument> | undefined;
  const self = publicRoute({
    method: 'GET',
    path: '/api/openapi.json',
    summary: 'This description of the API',
    tag: 'Aurora',
    answers: { 200: { description: 'OpenAPI 3.1.', schema: z.looseObject({}) } },
    async handle() {
      document ??= openApiDocument([...routes, self], version);
      return { body: await document };
    },
  });
  return self;
}

function whoMay(access: string, forOperators = false): string {
  const role = `Needs the role ${access}, or more.`;
  return forOperators ? `For operators of the installation alone. ${role}` : role;
}
