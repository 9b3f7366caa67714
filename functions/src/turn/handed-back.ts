import type { Call } from '../calls/model.ts';

/**
 * Why a supervisor has handed the call back, in their words; undefined where somebody has it, or it
 * came back otherwise. The change of owner with the highest epoch was the last one.
 */
export function handedBack(call: Pick<Call, 'timeline'> | undefined): string | undefined {
  const changes = Object.values(call?.timeline ?? {}).filter(({ step }) => CHANGES.has(step));
  const last = changes.reduce<(typeof changes)[number] | undefined>(
    (latest, entry) => ((entry.epoch ?? 0) > (latest?.epoch ?? 0) ? entry : latest),
    undefined,
  );
  return last?.step === 'released' ? last.reason : undefined;
}

const CHANGES: ReadonlySet<string> = new Set([
  'taken_over',
  'released',
  'transferred',
  'lease_lapsed',
]);
