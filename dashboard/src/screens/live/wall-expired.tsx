import { useEffect } from 'react';
import { goOn } from '../../session/session.ts';
import { useTexts } from '../../texts/texts.ts';
import classes from './wall-screen.module.css';

/** Milliseconds between two looks whether somebody has signed in elsewhere. */
const LOOK_EVERY = 60_000;

/** Says across the room that this screen has stopped, and goes on by itself as soon as it may. */
export function WallExpired() {
  const { wall } = useTexts();
  useEffect(() => {
    const look = () => void goOn();
    const timer = setInterval(look, LOOK_EVERY);
    window.addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      window.removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  return (
    <div role="alert" className={classes.expired}>
      <strong>{wall.expired}</strong>
      <span>{wall.signIn}</span>
    </div>
  );
}
