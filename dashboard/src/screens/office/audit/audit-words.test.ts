import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { en } from '../../../texts/en.ts';
import { hi } from '../../../texts/hi.ts';
import { auditActionTexts } from '../../../texts/office/audit-actions.ts';

const SOURCES = fileURLToPath(new URL('../../../../../functions/src', import.meta.url));

/** Codes of actions as the functions write them: `'worker.changed'`. */
const ACTION =
  /'((?:admin|api_key|audit|calls?|company|conversation|insights|link|manual|number|session|site|workers?)\.[a-z_]+)'/g;

it('every action that is written into the audit log has words in each language', async () => {
  const names = (await readdir(SOURCES, { recursive: true })).filter(
    (name) => name.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(name),
  );
  const texts = await Promise.all(names.map((name) => readFile(join(SOURCES, name), 'utf8')));
  const written = texts.flatMap((text) => [...text.matchAll(ACTION)].map(([, action]) => action));
  const actions = [...new Set(written)].sort();
  expect(actions.length).toBeGreaterThan(40);
  const known = {
    en: { ...auditActionTexts.en, ...en.call.auditActions },
    hi: { ...auditActionTexts.hi, ...hi.call.auditActions },
  };
  for (const words of Object.values(known)) {
    expect(actions.filter((action) => !Object.hasOwn(words, action ?? ''))).toEqual([]);
  }
});
