import { Group, Text } from '@mantine/core';
import { useStore } from 'zustand';
import { AlarmSwitch } from '../../alarm/alarm-switch.tsx';
import { sound } from '../../alarm/sound.ts';
import { useTexts } from '../../texts/texts.ts';

/** Whether the alarm would be heard, in words: a button alone says what it does, not what holds. */
export function WallAlarm() {
  const { alarm, wall } = useTexts();
  const { state } = useStore(sound);
  const words = {
    unarmed: wall.unarmed,
    blocked: wall.unarmed,
    muted: alarm.muted,
    armed: alarm.armed,
  }[state];
  return (
    <Group gap="xs">
      <Text size="sm" role="status">
        {words}
      </Text>
      <AlarmSwitch />
    </Group>
  );
}
