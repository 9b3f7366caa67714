import { Text } from '@mantine/core';
import { IconMessage, IconPhone } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { CallView } from '../../api/types.ts';
import { maskedNumber, useNameOf, useWorkerName } from '../../live/people.ts';
import { useTexts } from '../../texts/texts.ts';
import { wordsOf } from '../../ui/fact-words.ts';
import { plain } from '../../ui/plain.ts';
import { Age, Running } from '../../ui/times.tsx';
import { UrgencyMark } from '../../ui/urgency-mark.tsx';
import classes from './call-row.module.css';

/** One live call at a glance; all of it opens the call. */
export const CallRow = memo(function CallRow({ call }: { call: CallView }) {
  const texts = useTexts();
  const { live } = texts;
  const Medium = call.medium === 'Voice' ? IconPhone : IconMessage;
  const { where, hazard } = call.facts;
  const last = call.latest.user;
  return (
    <li
      className={classes.row}
      data-urgency={call.urgency}
      data-ended={call.status !== 'ACTIVE' || undefined}
    >
      <Link
        to="/calls/$callId"
        params={{ callId: call.call_id }}
        className={classes.link}
        data-call={call.call_id}
      >
        <span className={classes.urgency}>
          <UrgencyMark urgency={call.urgency} />
          <span className={classes.running}>
            <Medium size="1em" aria-label={texts.medium[call.medium]} />
            <span className={classes.hidden}>{live.duration} </span>
            <Running from={call.timestamp} to={call.ended_at} />
          </span>
        </span>
        <span className={classes.who}>
          <CallerName call={call} />
          <Text component="span" size="sm" c="dimmed" className={classes.place}>
            {[
              where ? wordsOf('where', where.value) : live.unknownPlace,
              hazard && wordsOf('hazard', hazard.value),
            ]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        </span>
        <span className={classes.words}>
          {last ? (
            <>
              <q className={classes.quote} dir="auto">
                {plain(last.text)}
              </q>
              <Text component="span" size="xs" c="dimmed">
                <Age of={call.last_message_at} />
              </Text>
            </>
          ) : (
            <Text component="span" size="sm" c="dimmed">
              {live.noWords}
            </Text>
          )}
        </span>
        <span className={classes.holder}>
          <Holder call={call} />
        </span>
      </Link>
    </li>
  );
});

export function CallerName({ call }: { call: CallView }) {
  const { live } = useTexts();
  const name = useWorkerName(call.worker_id);
  const number = maskedNumber(call.mobile_no) ?? live.withheld;
  return (
    <Text component="span" fw={600} className={classes.name} dir="auto">
      {name ?? (call.worker_id === 'unknown' ? live.unknownWorker : number)}
      {name === undefined && call.worker_id === 'unknown' && (
        <Text component="span" size="sm" c="dimmed">
          {' '}
          {number}
        </Text>
      )}
    </Text>
  );
}

/** Who speaks with the caller; where Aurora does, which rung answered; and who has seen it. */
function Holder({ call }: { call: CallView }) {
  const { live } = useTexts();
  const nameOf = useNameOf();
  const rung = call.latest.assistant?.rung;
  const isHeld = call.owner?.kind === 'supervisor' && call.owner.id !== undefined;
  return (
    <>
      <Text component="span" size="sm" fw={isHeld ? 700 : 400}>
        {isHeld ? nameOf(call.owner?.id ?? '') : live.aurora}
      </Text>
      <Text component="span" size="xs" c="dimmed">
        {call.acknowledged.length > 0
          ? live.acknowledgedBy(call.acknowledged.map(({ by }) => nameOf(by)).join(', '))
          : !isHeld && rung
            ? live.rung[rung]
            : ''}
      </Text>
    </>
  );
}
