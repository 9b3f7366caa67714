import { createHash } from 'node:crypto';
import { maySee, type Viewer } from '../access/visibility.ts';
import { byNeed, type CallView, viewCall } from '../admin/views.ts';
import type { Call } from '../calls/model.ts';

/** A live call as lists hold it. */
export interface ListedCall {
  callId: string;
  call: Call;
  view: CallView;
  /** 96 bits that tell this state of this call from any other. */
  hash: bigint;
}

/** What changed in a list, as its events tell it. */
export type ListChange =
  | { event: 'added' | 'changed'; listed: ListedCall }
  | { event: 'removed'; callId: string; reason: 'ended' | 'hidden' };

export function listedCall(callId: string, call: Call): ListedCall | undefined {
  const view = viewCall(callId, { live: call, archived: undefined });
  if (!view) return undefined;
  const digest = createHash('sha256').update(JSON.stringify(view)).digest('hex');
  return { callId, call, view, hash: BigInt(`0x${digest.slice(0, 24)}`) };
}

/** Everybody with this key sees the same list. */
export function viewerKey({ companyId, adminId, role, visibility }: Viewer): string {
  const seesAll = visibility === 'company' || role === 'company_admin';
  return seesAll ? `all ${companyId}` : `own ${companyId} ${adminId}`;
}

export interface CallList {
  /** Brings one call up to date; undefined where nothing changed for these viewers. */
  bring(callId: string, listed: ListedCall | undefined): ListChange | undefined;
  /** Whose eyes decide from now on; nothing changes before calls are brought again. */
  see(viewer: Viewer): void;
  cursor(): string;
  /** Most urgent first, as the list of the API. */
  items(): CallView[];
  /** The same calls, for somebody who goes on from them as another viewer. */
  copy(): CallList;
}

/**
 * The calls that some viewers see, and the cursor of that: a digest of all that is in it, whatever the
 * order in which it came.
 */
export function createCallList(from: Iterable<ListedCall> = []): CallList {
  const visible = new Map<string, ListedCall>();
  let viewer: Viewer | undefined;
  let digest = 0n;
  for (const listed of from) put(listed.callId, listed);

  function bring(callId: string, listed: ListedCall | undefined): ListChange | undefined {
    const before = visible.get(callId);
    const after = listed && viewer && maySee(viewer, listed.call) ? listed : undefined;
    if (before?.hash === after?.hash) return undefined;
    put(callId, after);
    if (after) return { event: before ? 'changed' : 'added', listed: after };
    return { event: 'removed', callId, reason: listed ? 'hidden' : 'ended' };
  }

  function put(callId: string, listed: ListedCall | undefined): void {
    digest ^= (visible.get(callId)?.hash ?? 0n) ^ (listed?.hash ?? 0n);
    if (listed) visible.set(callId, listed);
    else visible.delete(callId);
  }

  return {
    bring,
    see: (next: Viewer) => {
      viewer = next;
    },
    cursor: () => `${visible.size.toString(36)}-${digest.toString(36)}`,
    items: (): CallView[] => [...visible.values()].map(({ view }) => view).sort(byNeed),
    copy: (): CallList => createCallList(visible.values()),
  };
}
