import { Alert, Button, NativeSelect, Paper, Switch, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { DemoPerson } from '../../../emulators/telephone-page/protocol.ts';
import { CallInHand } from './call-in-hand.tsx';
import { act, desk, plug } from './desk.ts';
import { type Call, isOver } from './desk-state.ts';
import classes from './telephone.module.css';
import { TextMessages } from './text-messages.tsx';
import { useTelephoneTexts } from './texts/use-telephone-texts.ts';

/** As Aurora offers them to whoever it fetches. */
const PAGE_KEYS = { accept: '1', pass: '5', close: '6' } as const;

/** The telephone of somebody whom Aurora fetches: it rings, and takes texts. */
export function OnCallTelephone({ people }: { people: readonly DemoPerson[] }) {
  const { onCall: texts } = useTelephoneTexts();
  const [number, setNumber] = useState(people[0]?.number ?? '');
  const [isOn, setOn] = useState(false);
  const connection = useStore(desk, ({ desk }) => desk);
  const call = useStore(desk, ({ calls }) =>
    calls.findLast(({ direction, to }) => direction === 'in' && to === number),
  );
  const newest = useStore(desk, ({ texts }) => texts.findLast(({ to }) => to === number));
  const name = people.find((each) => each.number === number)?.name ?? number;

  // A page that was disconnected plugs its telephone in again.
  useEffect(() => {
    if (!isOn || !connection) return undefined;
    void plug(number, true);
    return () => {
      if (desk.getState().desk === connection) void plug(number, false);
    };
  }, [isOn, connection, number]);

  const rings = isOn && call && (call.status === 'ringing' || call.status === 'queued');
  return (
    <>
      <Paper component="section" withBorder p="md" radius="md" className={classes.panel}>
        <Title order={3} size="h5">
          {texts.title}
        </Title>
        <NativeSelect
          label={texts.who}
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
          data={people.map((each) => ({
            value: each.number,
            label: `${each.name}, ${each.company}, ${each.number}`,
          }))}
        />
        <Switch
          label={texts.on}
          checked={isOn}
          onChange={(event) => setOn(event.currentTarget.checked)}
        />
        <Text size="sm" c="dimmed">
          {isOn ? texts.waiting : texts.off}
        </Text>
        {isOn && call && !rings && <InHand call={call} />}
        {isOn && newest && (
          <div>
            <Title order={4} size="h6">
              {texts.reply}
            </Title>
            <TextMessages from={number} to={newest.from} />
          </div>
        )}
      </Paper>
      {rings && <Ringing call={call} name={name} />}
    </>
  );
}

/** In sight wherever the page is scrolled to. */
function Ringing({ call, name }: { call: Call; name: string }) {
  const { onCall: texts } = useTelephoneTexts();
  return (
    <Alert role="alert" color="orange" title={texts.rings(name)} className={classes.ringing}>
      <div className={classes.row}>
        <Button color="teal" onClick={() => void act(call.id, { do: 'answer' })}>
          {texts.answer}
        </Button>
        <Button variant="default" onClick={() => void act(call.id, { do: 'decline' })}>
          {texts.decline}
        </Button>
      </div>
    </Alert>
  );
}

function InHand({ call }: { call: Call }) {
  const { onCall: texts } = useTelephoneTexts();
  return (
    <CallInHand call={call} languages={[]}>
      {!isOver(call) && (
        <div className={classes.row}>
          {(Object.keys(PAGE_KEYS) as (keyof typeof PAGE_KEYS)[]).map((what) => (
            <Button
              key={what}
              size="compact-sm"
              variant="light"
              onClick={() => void act(call.id, { do: 'press', keys: PAGE_KEYS[what] })}
            >
              {`${PAGE_KEYS[what]} ${texts[what]}`}
            </Button>
          ))}
        </div>
      )}
    </CallInHand>
  );
}
