import {
  Alert,
  Anchor,
  SegmentedControl,
  Switch,
  Text,
  Title,
  VisuallyHidden,
} from '@mantine/core';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useLanguage } from '../../src/texts/texts.ts';
import classes from './app.module.css';
import { Appearance } from './appearance.tsx';
import { desk } from './desk.ts';
import { OnCallTelephone } from './on-call-telephone.tsx';
import { useTelephoneTexts } from './texts/use-telephone-texts.ts';
import { voice, voiceState } from './voice.ts';
import { WorkerTelephone } from './worker-telephone.tsx';

/** The telephone, and beside it (on a narrow screen: in its place) the control room. */
export function App() {
  const texts = useTelephoneTexts();
  const language = useLanguage();
  const [shown, show] = useState('telephone');
  const setup = useStore(desk, ({ setup }) => setup);

  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `${texts.title} · Aurora`;
  }, [language, texts]);

  return (
    <main className={classes.page} data-shown={shown}>
      <VisuallyHidden component="h1">{texts.page}</VisuallyHidden>
      <nav className={classes.choice} aria-label={texts.look}>
        <SegmentedControl
          aria-label={texts.look}
          value={shown}
          onChange={show}
          fullWidth
          data={[
            { value: 'telephone', label: texts.title },
            { value: 'control-room', label: texts.controlRoom },
          ]}
        />
      </nav>
      <section className={classes.telephone} aria-label={texts.title}>
        <div className={classes.head}>
          <Title order={2} size="h3">
            {texts.title}
          </Title>
          <Appearance />
        </div>
        <Notices />
        {setup && <WorkerTelephone setup={setup} />}
        {setup && <OnCallTelephone people={setup.supervisors} />}
      </section>
      <section className={classes.room} aria-label={texts.controlRoom}>
        {setup && (
          <>
            <iframe
              className={classes.frame}
              title={texts.controlRoom}
              src={`${setup.controlRoom}/`}
              allow="autoplay"
            />
            <Anchor
              className={classes.alone}
              href={setup.controlRoom}
              target="_blank"
              size="sm"
              c="dimmed"
              underline="always"
            >
              {texts.controlRoomAlone}
            </Anchor>
          </>
        )}
      </section>
    </main>
  );
}

/** What stands in the way, and how replies are heard. */
function Notices() {
  const texts = useTelephoneTexts();
  const isConnected = useStore(desk, ({ desk }) => desk !== undefined);
  const refusal = useStore(desk, ({ refusal }) => refusal);
  const { isMuted, missing } = useStore(voiceState);
  return (
    <>
      <Switch
        label={texts.voice}
        checked={!isMuted}
        onChange={(event) => voice.mute(!event.currentTarget.checked)}
      />
      {missing.length > 0 && (
        <Text size="sm" c="dimmed">
          {texts.noVoice(missing.join(', '))}
        </Text>
      )}
      {!isConnected && (
        <Text role="status" size="sm">
          {texts.connecting}
        </Text>
      )}
      {refusal && (
        <Alert color="red" role="alert">
          {refusal}
        </Alert>
      )}
    </>
  );
}
