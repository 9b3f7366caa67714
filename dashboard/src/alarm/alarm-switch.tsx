import { Button } from '@mantine/core';
import { IconBell, IconBellOff, IconBellRinging } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { useTexts } from '../texts/texts.ts';
import { arm, mute, sound } from './sound.ts';

/** Arms the alarm, then mutes it and lets it sound again. */
export function AlarmSwitch() {
  const { alarm } = useTexts();
  const { state } = useStore(sound);
  if (state === 'unarmed' || state === 'blocked') {
    return (
      <Button
        size="compact-md"
        variant="light"
        color="orange"
        leftSection={<IconBell size={18} aria-hidden />}
        title={alarm.notArmed}
        onClick={() => void arm()}
      >
        {alarm.arm}
      </Button>
    );
  }
  const isMuted = state === 'muted';
  return (
    <Button
      size="compact-md"
      variant="subtle"
      color={isMuted ? 'orange' : 'gray'}
      leftSection={
        isMuted ? <IconBellOff size={18} aria-hidden /> : <IconBellRinging size={18} aria-hidden />
      }
      aria-pressed={isMuted}
      title={isMuted ? alarm.muted : alarm.armed}
      onClick={() => mute(!isMuted)}
    >
      {isMuted ? alarm.unmute : alarm.mute}
    </Button>
  );
}
