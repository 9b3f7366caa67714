import type { CallView } from '../../api/types.ts';

type Raised = 'URGENT' | 'CRITICAL';

/** The turns at which the call was raised last to each level. */
export function judgementsByTurn({ urgency_by }: CallView): Map<number, { urgency: Raised }> {
  const levels: readonly Raised[] = ['URGENT', 'CRITICAL'];
  return new Map(
    levels.flatMap((urgency) => {
      const turn = urgency_by.raised?.[urgency]?.turn;
      return turn === undefined ? [] : [[turn, { urgency }] as const];
    }),
  );
}

/** The turn's place, from a message id such as `m000003-4f2a91-0`. */
export function turnOf(messageId: string): number {
  return Number.parseInt(messageId.slice(1), 10);
}
