import { Alert, Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { ApiError } from '../../api/ask.ts';
import type { CallView } from '../../api/types.ts';
import { useNameOf } from '../../live/people.ts';
import { session } from '../../session/session.ts';
import { useTexts } from '../../texts/texts.ts';
import { clockOf } from '../../ui/duration.ts';
import { useNow } from '../../ui/now.ts';
import { useAct } from './use-act.ts';

type Owner = NonNullable<CallView['owner']>;

interface Refusal {
  holder: string;
  /** In the API's words. */
  reason: string;
  /** Of whoever had the call when it was refused. */
  epoch: number;
}

/** Whether a supervisor speaks at this moment: a lease that has ended holds nothing. */
export function isHeld(owner: CallView['owner'], now: number): owner is Owner & { id: string } {
  if (owner?.kind !== 'supervisor' || owner.id === undefined) return false;
  return owner.leg !== undefined || owner.until === undefined || Date.parse(owner.until) > now;
}

/** Takes the call over, or says who has it and what is possible then. */
export function Holder({ call }: { call: CallView }) {
  const { call: texts } = useTexts();
  const nameOf = useNameOf();
  const now = useNow();
  const role = useStore(session, (current) => ('admin' in current ? current.admin.role : 'viewer'));
  const [refusal, setRefusal] = useState<Refusal>();
  const { act, busy } = useAct(call.call_id);
  const { owner } = call;
  // A refusal is about one holder: once the stream knows of a later one, it is told no more.
  const refused = refusal && (owner?.epoch ?? 0) <= refusal.epoch ? refusal : undefined;
  const holder = isHeld(owner, now) ? owner.id : refused?.holder;

  async function takeOver(from?: string): Promise<void> {
    const body = from === undefined ? {} : { from };
    if (await act('takeover', body, undefined, refusedTakeover)) setRefusal(undefined);
  }

  function refusedTakeover({ code, message, details }: ApiError): boolean {
    if (code !== 'taken') return false;
    const { holder } = details as { holder: { admin_id: string | null; epoch: number } };
    if (holder.admin_id === null) return false;
    setRefusal({ holder: holder.admin_id, reason: message, epoch: holder.epoch });
    return true;
  }

  if (holder === undefined) {
    return (
      <Button color="teal" loading={busy === 'takeover'} onClick={() => void takeOver()}>
        {texts.takeOver}
      </Button>
    );
  }
  const name = nameOf(holder);
  const mayTake = role === 'company_admin';
  return (
    <Alert color="orange" role={refused ? 'alert' : 'note'} title={texts.heldByOther(name)}>
      <Stack gap="xs">
        {refused && <Text size="sm">{mayTake ? texts.takenMeanwhile : refused.reason}</Text>}
        {isHeld(owner, now) && <Text size="sm">{lease(owner)}</Text>}
        {mayTake ? (
          <Button color="teal" loading={busy === 'takeover'} onClick={() => void takeOver(holder)}>
            {texts.takeFrom(name)}
          </Button>
        ) : (
          <Text size="sm">{texts.askForIt(name)}</Text>
        )}
      </Stack>
    </Alert>
  );

  function lease(owner: Owner): string {
    if (owner.until === undefined) return texts.heldByPhone;
    return texts.leaseOfOther(clockOf(Date.parse(owner.until) - now));
  }
}

/** How long my own lease lasts, which this page renews. */
export function LeaseNote({ owner }: { owner: Owner }) {
  const { call: texts } = useTexts();
  const now = useNow();
  const { leg, until } = owner;
  return (
    <Text size="sm" fw={600}>
      {leg || until === undefined
        ? texts.leaseByPhone
        : texts.lease(clockOf(Date.parse(until) - now))}
    </Text>
  );
}
