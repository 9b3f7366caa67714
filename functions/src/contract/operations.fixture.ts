import { incidentId } from '../calls/ids.ts';
import { CALLS, type CompanyId, numberOf, personOf, type WorldCall } from './world.fixture.ts';

/** A route as its OpenAPI description tells of it. */
export interface Operation {
  method: string;
  path: string;
  /** Absent: whoever it lets in is not told by a role. */
  role: 'viewer' | 'supervisor' | 'company_admin' | undefined;
  isPublic: boolean;
  hasBody: boolean;
  headers: string[];
}

interface Described {
  security: unknown[];
  description?: string;
  requestBody?: object;
  parameters?: { in: string; name: string }[];
}

/** All operations of `/api/openapi.json`. */
export function operationsOf(document: {
  paths: Record<string, Record<string, Described>>;
}): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({
      method: method.toUpperCase(),
      path,
      role: /^Needs the role (\w+)/.exec(described.description ?? '')?.[1] as Operation['role'],
      isPublic: described.security.length === 0,
      hasBody: described.requestBody !== undefined,
      headers: (described.parameters ?? []).flatMap((parameter) =>
        parameter.in === 'header' ? [parameter.name.toLowerCase()] : [],
      ),
    })),
  );
}

/** The address with ids of what the company has. */
export function addressOf(path: string, company: CompanyId, call = plainCallOf(company)): string {
  const ids: Record<string, string> = {
    call_id: call.id,
    conversation_id: call.id.replace('call_', 'conv_'),
    worker_id: `${company}_other`,
    site_id: `${company}_site`,
    number: encodeURIComponent(numberOf(company)),
    admin_id: personOf(company, 'viewer').id,
    api_key_id: '0'.repeat(20),
    manual_id: `${company}-guide.en`,
    // Those that ship are everybody's.
    card_id: `${company}-card.en`,
    passage_id: encodeURIComponent(`${company}-guide#1`),
    incident_id: incidentId(call.id),
  };
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const id = ids[name];
    if (id === undefined) throw new Error(`Give the tests an id for {${name}} of ${path}.`);
    return id;
  });
}

function plainCallOf(company: CompanyId): WorldCall {
  const found = CALLS.find((call) => call.company === company && call.kind === 'of another worker');
  if (!found) throw new Error('The world has no such call.');
  return found;
}

const HEADERS: Record<string, string> = {
  'if-match': '"0000000000000000"',
  'idempotency-key': 'the-key-of-the-contract',
  'last-event-id': 'none',
  cookie: '__session=none',
  origin: 'https://elsewhere.example',
};

/** The headers that an operation takes, well-formed; a cursor that is none begins at the beginning. */
export function headersOf({ headers }: Operation): Record<string, string> {
  return Object.fromEntries(
    headers.map((name) => {
      const value = HEADERS[name];
      if (value === undefined) throw new Error(`Give the tests a value for the header ${name}.`);
      return [name, value];
    }),
  );
}
