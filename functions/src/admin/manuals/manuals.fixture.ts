import { expect } from 'vitest';
import { embeddedPack } from '../../assistant/manual/embedded-pack.ts';
import { type Asker, type OfficeParts, useOffice } from '../office.fixture.ts';
import type { Route } from '../route.ts';
import { askWithPack } from './ask-with-pack.ts';
import { manualRoutes } from './manuals-routes.ts';

export const embedded = embeddedPack();

export const GUIDE = `---
id: site-guide
title: Site guide
source: Plant safety board, 2026
---

# Lock-out

Take the key of the lock with you. Nobody else may remove it.

# Canteen

The canteen is behind gate two.
`;

/** The embedded card of fire in words of the company's own, in this language. */
export function cardText({ language = 'en', first = 'Leave the hall now.', steps = 3 } = {}) {
  const more = Array.from({ length: steps - 2 }, (_, at) => `${at + 3}. Go to gate ${at + 1}.`);
  return `---
id: fire
title: Fire at the plant
spoken: fire
urgency: CRITICAL
danger_to_helpers: yes
language: ${language}
source: Plant safety board, 2026
---

## Steps

1. ${first}
2. Call {emergency_number} from outside.
${more.join('\n')}

## Ask

- Is anybody still inside?

## Never

- Never use the lift.
`;
}

export function routesOf({ firestore, audit, companies, now }: OfficeParts): Route[] {
  return manualRoutes({
    firestore,
    audit,
    companies,
    hazards: new Set(embedded.procedures.keys()),
    embedded,
    ask: askWithPack,
    emergencyNumber: '112',
    now,
  });
}

/** An office with manuals. */
export const useManuals = () => useOffice(routesOf);

interface Team {
  supervisor: Asker;
  company_admin: Asker;
}

/** Written by the supervisor, approved by the company_admin, and published. */
export async function publishManual({ supervisor, company_admin }: Team, text: string) {
  const { body } = await supervisor.post('/api/manuals', { text });
  const path = `/api/manuals/${body.id}`;
  const approved = await company_admin.post(`${path}/approve`, { hash: body.hash });
  expect(approved.status).toBe(200);
  return supervisor.post(`${path}/publish`);
}
