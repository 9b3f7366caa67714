import type { CallView } from '../../api/types.ts';

/** What the list shows together: calls of one incident, or calls that stand for themselves. */
export interface Block {
  key: string;
  /** Undefined where the calls have nothing to do with each other. */
  incidentId: string | undefined;
  calls: CallView[];
}

/** The order stays that of need; an incident stands where the first of its calls would. Pure. */
export function blocksOf(calls: readonly CallView[]): Block[] {
  const running = calls.filter(({ status }) => status === 'ACTIVE');
  const counts = Map.groupBy(running, ({ incident_id }) => incident_id);
  const blocks: Block[] = [];
  const incidents = new Map<string, Block>();
  for (const call of calls) {
    const id = call.incident_id;
    const isShared = id !== null && (counts.get(id)?.length ?? 0) > 1 && call.status === 'ACTIVE';
    const block = isShared ? incidents.get(id) : singles(blocks);
    if (block) {
      block.calls.push(call);
      continue;
    }
    const fresh: Block = {
      key: isShared ? id : call.call_id,
      incidentId: isShared ? id : undefined,
      calls: [call],
    };
    blocks.push(fresh);
    if (isShared) incidents.set(id, fresh);
  }
  return blocks;
}

/** The calls from the top of the list to its end: those of an incident stand together. */
export function shownOrder(calls: readonly CallView[]): CallView[] {
  return blocksOf(calls).flatMap((block) => block.calls);
}

/** The block that a call which stands for itself may be put into: the last one, if it holds such. */
function singles(blocks: readonly Block[]): Block | undefined {
  const last = blocks.at(-1);
  return last?.incidentId === undefined ? last : undefined;
}
