import type { Attempt, Chain } from './chain.ts';

/** What was sent of a chain, and what is known of it. */

export function attemptKey({
  stage,
  admin_id,
  channel,
}: Pick<Attempt, 'stage' | 'admin_id' | 'channel'>): string {
  return `${stage}-${admin_id}-${channel}`;
}

/** Notes what was sent. What is known of an attempt already is not undone by its beginning. */
export function noteAttempts(chain: Chain, made: readonly Attempt[]): Chain {
  if (made.length === 0) return chain;
  const attempts = { ...chain.attempts };
  for (const attempt of made) attempts[attemptKey(attempt)] ??= attempt;
  return { ...chain, attempts };
}

/** Whether anybody was sent anything: else the quiet repeats would reach nobody either. */
export function hasReached({ attempts }: Chain): boolean {
  return Object.values(attempts ?? {}).some(({ state }) => state !== 'failed');
}

/** Whether somebody of the last stage may still answer. */
export function isAwaited({ attempts, passed, next }: Chain): boolean {
  return Object.values(attempts ?? {}).some(
    ({ stage, state, admin_id }) =>
      stage === next - 1 && state !== 'failed' && (passed?.[admin_id] ?? -1) < stage,
  );
}

/** Everybody who was sent something, each once. */
export function pagedOf({ attempts }: Chain): string[] {
  const sent = Object.values(attempts ?? {}).filter(({ state }) => state !== 'failed');
  return [...new Set(sent.map(({ admin_id }) => admin_id))];
}
