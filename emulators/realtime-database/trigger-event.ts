import { deltaJson } from './engine/delta.ts';
import { nodeToJson, RAW } from './engine/to-json.ts';
import type { TriggerEvent } from './triggers.ts';

export interface EventSurroundings {
  id: string;
  time: Date;
  /** host:port of this server. */
  databaseHost: string;
}

/** Where the functions emulator takes events of this trigger. */
export function triggerUrl(functionsOrigin: string, { trigger }: TriggerEvent): string {
  return `${functionsOrigin}/functions/projects/${trigger.projectId}/triggers/${trigger.key}`;
}

/**
 * The CloudEvent as firebase-functions reads it (v2 onValueCreated, onValueUpdated and so on):
 * `data.data` is the content before, `data.delta` what is to be merged into it.
 */
export function cloudEvent(event: TriggerEvent, surroundings: EventSurroundings): unknown {
  const { trigger, namespace, ref, type, before, after } = event;
  return {
    specversion: '1.0',
    id: surroundings.id,
    type,
    source:
      `//firebasedatabase.googleapis.com/projects/_/locations/${trigger.location}` +
      `/instances/${namespace}`,
    subject: `refs/${ref}`,
    time: surroundings.time.toISOString(),
    datacontenttype: 'application/json',
    data: {
      '@type': 'type.googleapis.com/google.events.firebase.database.v1.ReferenceEventData',
      data: nodeToJson(before, RAW),
      delta: deltaJson(before, after),
    },
    ref,
    instance: namespace,
    location: trigger.location,
    firebasedatabasehost: surroundings.databaseHost,
    // Only the owner can write so far.
    authtype: 'admin',
  };
}
