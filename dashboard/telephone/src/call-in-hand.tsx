import { Button, Text } from '@mantine/core';
import { IconPhoneOff, IconVolumeOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { act } from './desk.ts';
import { type Call, isOver } from './desk-state.ts';
import { Keypad } from './keypad.tsx';
import { SayForm } from './say-form.tsx';
import classes from './telephone.module.css';
import { useTelephoneTexts } from './texts/use-telephone-texts.ts';
import { Transcript } from './transcript.tsx';

interface CallInHandProps {
  call: Call;
  /** That somebody here may speak. */
  languages: readonly string[];
  /** What this telephone has beside the keys. */
  children?: ReactNode;
}

/** A call at this end: how it stands, what is heard, and what can be said and pressed. */
export function CallInHand({ call, languages, children }: CallInHandProps) {
  const texts = useTelephoneTexts();
  const isConnected = call.status === 'in-progress';
  return (
    <>
      <div className={classes.state}>
        <Text role="status" fw={600} data-status={call.status}>
          {texts.status[call.status]}
        </Text>
        {isConnected && call.listening !== undefined && (
          <Text size="sm" c="dimmed">
            {call.listening === null ? texts.listensForKeys : texts.listening(call.listening)}
          </Text>
        )}
      </div>
      <Transcript call={call} />
      {!isOver(call) && (
        <>
          <SayForm call={call} languages={languages} />
          {children}
          <Keypad onPress={(keys) => void act(call.id, { do: 'press', keys })} />
          <div className={classes.row}>
            <Button
              variant="default"
              leftSection={<IconVolumeOff size={18} aria-hidden />}
              onClick={() => void act(call.id, { do: 'keep-silent' })}
            >
              {texts.keepSilent}
            </Button>
            <Button
              color="red"
              leftSection={<IconPhoneOff size={18} aria-hidden />}
              onClick={() => void act(call.id, { do: 'hang-up' })}
            >
              {texts.hangUp}
            </Button>
          </div>
        </>
      )}
    </>
  );
}
