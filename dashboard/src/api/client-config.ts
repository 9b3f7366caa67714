import { ask } from './ask.ts';
import type { ClientConfig } from './types.ts';

let known: ClientConfig | undefined;

/** What a client must know before it can do anything. Asked once. @throws ApiError */
export async function loadConfig(): Promise<ClientConfig> {
  known ??= (await ask<ClientConfig>('GET', '/api/config')).body;
  return known;
}

/** Where streams are opened: Hosting would hold them back, and cut them after a minute. */
export function streamsUrl(): string {
  return known?.streams_base_url ?? '';
}
