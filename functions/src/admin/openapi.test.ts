import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openApiDocument } from './openapi.ts';
import { publicRoute, route } from './route.ts';

const Thing = z.object({ id: z.string().meta({ description: 'Which one.' }), note: z.string() });

const things = [
  route({
    method: 'PATCH',
    path: '/api/thing/{id}',
    summary: 'Change a thing',
    tag: 'Things',
    access: 'supervisor',
    params: z.object({ id: z.string() }),
    query: z.object({ dry: z.enum(['yes', 'no']).optional() }),
    headers: z.object({ 'if-match': z.string() }),
    body: z.strictObject({ note: z.string().max(10) }),
    answers: {
      200: { description: 'As it is now.', schema: Thing, headers: { ETag: 'Its version.' } },
    },
    handle: async () => ({}),
  }),
  publicRoute({
    method: 'GET',
    path: '/api/thing/{id}',
    summary: 'A thing',
    tag: 'Things',
    params: z.object({ id: z.string() }),
    answers: { 200: { description: 'It.', schema: Thing } },
    handle: async () => ({}),
  }),
];

describe('the OpenAPI description', () => {
  it('tells of each route its parts, its answers and who may ask', async () => {
    const { paths } = await openApiDocument(things, '1.2.3');
    expect(paths).toMatchObject({
      '/api/thing/{id}': {
        get: { operationId: 'get_api_thing_id', security: [] },
        patch: {
          security: [{ token: [] }],
          description: 'Needs the role supervisor, or more.',
          parameters: [
            { in: 'path', name: 'id', required: true },
            { in: 'query', name: 'dry' },
            { in: 'header', name: 'if-match', required: true },
          ],
          requestBody: {
            required: true,
            content: { 'application/json': { schema: { additionalProperties: false } } },
          },
          responses: {
            200: { headers: { ETag: { description: 'Its version.' } } },
            default: {
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
            },
          },
        },
      },
    });
  });
});
