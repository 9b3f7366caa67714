import * as z from 'zod';
import { checkDocumentName } from '../engine/resource-name.ts';
import type { Document } from '../engine/value.ts';
import type { Databases } from '../service/databases.ts';
import { formatTime, parseTime, timeSchema } from './time-json.ts';
import { fieldsFromJson, fieldsToJson } from './value-json.ts';

const stateSchema = z.object({
  version: z.literal(1),
  databases: z.record(
    z.string().regex(/^projects\/[^/]+\/databases\/[^/]+$/),
    z.array(
      z.object({
        name: z.string(),
        fields: z.record(z.string(), z.unknown()),
        createTime: timeSchema,
        updateTime: timeSchema,
      }),
    ),
  ),
});

type State = z.output<typeof stateSchema>;

/** All documents of all databases, as JSON. Past versions and open transactions are left out. */
export function exportState(databases: Databases): State {
  const state: State = { version: 1, databases: {} };
  for (const name of databases.names()) {
    const documents = databases.of(name).allDocuments();
    state.databases[name] = documents.map((document) => ({
      name: document.name,
      fields: fieldsToJson(document.fields),
      createTime: formatTime(document.createTime),
      updateTime: formatTime(document.updateTime),
    }));
  }
  return state;
}

/** Puts an exported state in place of everything; throws, and changes nothing, if it is not one. */
export function importState(databases: Databases, json: unknown): void {
  const result = stateSchema.safeParse(json);
  if (!result.success) {
    throw new Error(`This is not a saved Firestore state:\n${z.prettifyError(result.error)}`);
  }
  const imported = new Map<string, Document[]>();
  for (const [database, documents] of Object.entries(result.data.databases)) {
    imported.set(
      database,
      documents.map((document) => parseDocument(database, document)),
    );
  }
  for (const name of new Set([...databases.names(), ...imported.keys()])) {
    databases.of(name).replaceAll(imported.get(name) ?? []);
  }
}

function parseDocument(database: string, json: State['databases'][string][number]): Document {
  checkDocumentName(json.name);
  if (!json.name.startsWith(`${database}/documents/`)) {
    throw new Error(`The saved document ${json.name} does not belong to ${database}.`);
  }
  return {
    name: json.name,
    fields: fieldsFromJson(json.fields),
    createTime: parseTime(json.createTime),
    updateTime: parseTime(json.updateTime),
  };
}
