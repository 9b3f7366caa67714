import {
  Button,
  NativeSelect,
  Paper,
  SegmentedControl,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { IconPhone } from '@tabler/icons-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { Setup } from '../../../emulators/telephone-page/protocol.ts';
import { CallInHand } from './call-in-hand.tsx';
import { desk, placeCall } from './desk.ts';
import { isOver } from './desk-state.ts';
import { ReadyWords } from './ready-words.tsx';
import classes from './telephone.module.css';
import { TextMessages } from './text-messages.tsx';
import { useTelephoneTexts } from './texts/use-telephone-texts.ts';

const WITHHELD = 'anonymous';
const OTHER = 'other';

/** Somebody in the plant: calls or writes to a number of Aurora's. */
export function WorkerTelephone({ setup }: { setup: Setup }) {
  const { worker: texts } = useTelephoneTexts();
  const [who, setWho] = useState(setup.workers[0]?.number ?? setup.stranger);
  const [other, setOther] = useState('');
  const [to, setTo] = useState(setup.workers[0]?.dials ?? '');
  const [manner, setManner] = useState('call');
  const isConnected = useStore(desk, ({ desk }) => desk !== undefined);
  const call = useStore(desk, ({ calls }) =>
    calls.findLast(({ direction }) => direction === 'out'),
  );
  const isBusy = call !== undefined && !isOver(call);
  const from = who === OTHER ? other.trim() : who;
  const dialled = setup.numbers.find(({ number }) => number === (isBusy ? call.to : to));

  function choose(number: string): void {
    setWho(number);
    const worker = setup.workers.find((each) => each.number === number);
    if (worker) setTo(worker.dials);
  }

  function nameOf(number: string): string {
    if (number === WITHHELD) return texts.withheld;
    const known = setup.workers.find((each) => each.number === number)?.name;
    return known ?? setup.numbers.find((each) => each.number === number)?.company ?? number;
  }

  return (
    <Paper component="section" withBorder p="md" radius="md" className={classes.panel}>
      <Title order={3} size="h5">
        {texts.title}
      </Title>
      {isBusy ? (
        <Text size="sm">{texts.calls(nameOf(call.from), nameOf(call.to))}</Text>
      ) : (
        <>
          <NativeSelect
            label={texts.from}
            value={who}
            onChange={(event) => choose(event.currentTarget.value)}
          >
            {Object.entries(Object.groupBy(setup.workers, ({ company }) => company)).map(
              ([company, workers = []]) => (
                <optgroup key={company} label={company}>
                  {workers.map(({ name, number }) => (
                    <option key={number} value={number}>
                      {`${name}, ${number}`}
                    </option>
                  ))}
                </optgroup>
              ),
            )}
            <optgroup label={texts.nobody}>
              <option value={setup.stranger}>{`${texts.stranger}, ${setup.stranger}`}</option>
              <option value={WITHHELD}>{texts.withheld}</option>
              <option value={OTHER}>{texts.other}</option>
            </optgroup>
          </NativeSelect>
          {who === OTHER && (
            <TextInput
              label={texts.number}
              description={texts.numberHint}
              type="tel"
              value={other}
              onChange={(event) => setOther(event.currentTarget.value)}
            />
          )}
          <NativeSelect
            label={texts.to}
            value={to}
            onChange={(event) => setTo(event.currentTarget.value)}
            data={setup.numbers.map(({ number, company }) => ({
              value: number,
              label: `${company}, ${number}`,
            }))}
          />
        </>
      )}
      <SegmentedControl
        aria-label={texts.manner}
        value={manner}
        onChange={setManner}
        data={[
          { value: 'call', label: texts.call },
          { value: 'write', label: texts.write },
        ]}
      />
      {manner === 'write' ? (
        <TextMessages from={who === WITHHELD ? undefined : from} to={to} />
      ) : (
        <>
          {!isBusy && (
            <Button
              leftSection={<IconPhone size={18} aria-hidden />}
              disabled={!isConnected || from === ''}
              onClick={() => void placeCall(from, to)}
            >
              {texts.call}
            </Button>
          )}
          {call && (
            <CallInHand call={call} languages={setup.numbers.flatMap(({ languages }) => languages)}>
              <ReadyWords call={call} languages={dialled?.languages ?? []} />
            </CallInHand>
          )}
        </>
      )}
    </Paper>
  );
}
