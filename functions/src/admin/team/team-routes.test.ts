import { describe, expect, it } from 'vitest';
import { useOffice } from '../office.fixture.ts';
import { openApiDocument } from '../openapi.ts';

const openOffice = useOffice();

/** What every role of the company may read; all else is for a company_admin. */
const FOR_ALL = [
  'GET /api/colleagues',
  'GET /api/company',
  'GET /api/numbers',
  'GET /api/numbers/{number}',
  'GET /api/on-call',
  'GET /api/on-call/week',
  'GET /api/sites',
  'GET /api/sites/{site_id}',
  'GET /api/workers',
  'GET /api/workers/{worker_id}',
  'POST /api/on-call/preview',
];

describe('the routes to the company’s own data', () => {
  it('are for a company_admin, but for reading places, people and settings', async () => {
    const { routes } = await openOffice();
    const open = routes.filter(({ access }) => access !== 'company_admin');
    expect(open.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(FOR_ALL);
    expect(open.every(({ access }) => access === 'viewer')).toBe(true);
  });

  it('can be described, each under a name of its own', async () => {
    const { routes } = await openOffice();
    const { paths = {} } = await openApiDocument(routes, '1.2.3');
    const described = Object.values(paths).flatMap((path) => Object.values(path));
    expect(described).toHaveLength(routes.length);
    expect(new Set(routes.map(({ method, path }) => `${method} ${path}`)).size).toBe(routes.length);
  });

  it('take If-Match wherever one record is changed', async () => {
    const { routes } = await openOffice();
    const changes = routes.filter(({ method }) => method === 'PATCH');
    expect(changes).toHaveLength(5);
    for (const { headers, answers } of changes) {
      expect(headers?.shape).toHaveProperty('if-match');
      expect(answers[200]?.headers).toHaveProperty('ETag');
    }
  });
});
