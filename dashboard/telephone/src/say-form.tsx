import { Button, NativeSelect, Text, TextInput } from '@mantine/core';
import { IconMicrophone, IconMicrophoneOff } from '@tabler/icons-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { act } from './desk.ts';
import type { Call } from './desk-state.ts';
import { canHear, type EarError, listen } from './ear.ts';
import classes from './telephone.module.css';
import { useTelephoneTexts } from './texts/use-telephone-texts.ts';
import { voice } from './voice.ts';

const LONGEST = 1_000;
const AS_THE_LINE = '';

/** What is said at this end: typed, or spoken where the browser understands speech. */
export function SayForm({ call, languages }: { call: Call; languages: readonly string[] }) {
  const { say: texts } = useTelephoneTexts();
  const [words, setWords] = useState('');
  const [speaks, setSpeaks] = useState(AS_THE_LINE);
  const [error, setError] = useState<EarError>();
  const [isListening, setListening] = useState(false);
  const stop = useRef<() => void>(undefined);
  useEffect(() => () => stop.current?.(), []);

  async function say(said: string): Promise<void> {
    if (said.trim() === '') return;
    const language = speaks === AS_THE_LINE ? {} : { language: speaks };
    if (await act(call.id, { do: 'say', words: said, ...language })) setWords('');
  }

  function speak(): void {
    if (isListening) {
      stop.current?.();
      return;
    }
    setError(undefined);
    setListening(true);
    stop.current = listen({
      language: speaks === AS_THE_LINE ? (call.language ?? 'en-IN') : speaks,
      onSpeech: voice.stop,
      onWords(heard, isFinal) {
        setWords(heard);
        if (isFinal) void say(heard);
      },
      onError: setError,
      onEnd: () => setListening(false),
    });
  }

  return (
    <form
      className={classes.panel}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void say(words);
      }}
    >
      <TextInput
        label={texts.label}
        placeholder={texts.placeholder}
        value={words}
        maxLength={LONGEST}
        autoComplete="off"
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <div className={classes.say}>
        <Button type="submit">{texts.send}</Button>
        {canHear() && (
          <Button
            variant="default"
            leftSection={
              isListening ? (
                <IconMicrophoneOff size={18} aria-hidden />
              ) : (
                <IconMicrophone size={18} aria-hidden />
              )
            }
            onClick={speak}
          >
            {isListening ? texts.stop : texts.speak}
          </Button>
        )}
        <NativeSelect
          aria-label={texts.language}
          value={speaks}
          onChange={(event) => setSpeaks(event.currentTarget.value)}
          data={[
            { value: AS_THE_LINE, label: texts.asTheLine },
            ...[...new Set(languages)].map((tag) => ({ value: tag, label: tag })),
          ]}
        />
      </div>
      <Text size="xs" c="dimmed" role="status">
        {isListening ? texts.listening : canHear() ? texts.privacy : texts.cannot}
      </Text>
      {error && (
        <Text size="sm" role="alert">
          {texts.error[error]}
        </Text>
      )}
    </form>
  );
}
