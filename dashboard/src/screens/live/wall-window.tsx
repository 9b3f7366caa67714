import { Button, Text } from '@mantine/core';
import { IconMaximize, IconMinimize } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTexts } from '../../texts/texts.ts';

/** Fills the screen and gives it back, where the browser lets a page do so. */
export function WallWindow() {
  const { wall } = useTexts();
  const [isFull, setFull] = useState(document.fullscreenElement !== null);
  useEffect(() => {
    const look = () => setFull(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', look);
    return () => document.removeEventListener('fullscreenchange', look);
  }, []);
  if (!document.fullscreenEnabled) return null;
  const change = isFull
    ? () => document.exitFullscreen()
    : () => document.documentElement.requestFullscreen();
  return (
    <Button
      size="compact-md"
      variant="default"
      leftSection={
        isFull ? <IconMinimize size={18} aria-hidden /> : <IconMaximize size={18} aria-hidden />
      }
      // A browser that refuses leaves everything as it is.
      onClick={() => void change().catch(() => undefined)}
    >
      {isFull ? wall.window : wall.fullScreen}
    </Button>
  );
}

/** Keeps the screen awake; says so where that can not be done. */
export function WakeNotice() {
  const { wall } = useTexts();
  const [isAwake, setAwake] = useState(true);
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    let isOver = false;
    // A lock is lost with every look at another window.
    async function keepAwake(): Promise<void> {
      if (document.visibilityState !== 'visible') return;
      try {
        if (!('wakeLock' in navigator))
          throw new Error('This browser lets no page keep a screen awake.');
        lock = await navigator.wakeLock.request('screen');
        if (isOver) await lock.release();
        else setAwake(true);
      } catch {
        if (!isOver) setAwake(false);
      }
    }
    const look = () => void keepAwake();
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      isOver = true;
      document.removeEventListener('visibilitychange', look);
      void lock?.release().catch(() => undefined);
    };
  }, []);
  return isAwake ? null : <Text size="sm">{wall.sleeps}</Text>;
}
