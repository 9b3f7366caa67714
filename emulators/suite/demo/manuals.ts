import { z } from 'zod';

/** A site's own manual as it comes to be, by the API: one that callers hear, and a draft for it. */

const PUBLISHED = `---
id: site-guide
title: Site guide
source: Demo plant, house rules
---

# Where is the first aid room

The first aid room is beside gate 1. It is open day and night.

# Where is the canteen

The canteen is on the ground floor of the office building.

# Who brings visitors in

Whoever invited them. They sign in at gate 1 and wear a yellow vest.
`;

const WAITING = `---
id: hot-work
title: Hot work
source: Demo plant, permit office
---

# Who gives out hot work permits

The permit office gives them out, from six to ten in the morning.

# How long is a hot work permit good for

For one shift. The next shift asks for its own.
`;

const SignedIn = z.object({ access_token: z.string() });
const List = z.object({ items: z.array(z.unknown()) });
const Manual = z.object({ id: z.string(), hash: z.string() });

export interface DemoPeople {
  /** E-mail addresses, both with this password. */
  writer: string;
  reviewer: string;
  password: string;
}

/** Does nothing where the company has a manual already. @throws where Aurora refuses a step */
export async function writeDemoManuals(baseUrl: string, people: DemoPeople): Promise<void> {
  const [writer, reviewer] = await Promise.all(
    [people.writer, people.reviewer].map((email) => signIn(baseUrl, email, people.password)),
  );
  if (!writer || !reviewer) return;
  const { items } = List.parse(await writer('GET', '/api/manuals'));
  if (items.length > 0) return;
  const { id, hash } = Manual.parse(await writer('POST', '/api/manuals', { text: PUBLISHED }));
  await reviewer('POST', `/api/manuals/${id}/approve`, { hash });
  await reviewer('POST', `/api/manuals/${id}/publish`);
  const draft = Manual.parse(await writer('POST', '/api/manuals', { text: WAITING }));
  await writer('POST', `/api/manuals/${draft.id}/submit`);
}

async function signIn(baseUrl: string, email: string, password: string) {
  const answer = await asked(baseUrl, 'POST', '/login', {}, { email, password });
  const { access_token } = SignedIn.parse(answer);
  const headers = { authorization: `Bearer ${access_token}` };
  return (method: string, path: string, body?: object) =>
    asked(baseUrl, method, path, headers, body);
}

async function asked(
  baseUrl: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: object,
): Promise<unknown> {
  const response = await fetch(`${baseUrl}${path}`, {
    method,
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) {
    throw new Error(`${method} ${path} was answered with ${response.status} for the demo data.`);
  }
  return response.json();
}
