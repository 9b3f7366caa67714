import { Button, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useStore } from 'zustand';
import { desk, sendText } from './desk.ts';
import classes from './telephone.module.css';
import { useTelephoneTexts } from './texts/use-telephone-texts.ts';
import said from './transcript.module.css';

const LONGEST = 1_600;

/** @param from undefined where the number is withheld, which nobody can in a text message */
export function TextMessages({ from, to }: { from: string | undefined; to: string }) {
  const { text: texts } = useTelephoneTexts();
  const all = useStore(desk, ({ texts }) => texts);
  const isConnected = useStore(desk, ({ desk }) => desk !== undefined);
  const [body, setBody] = useState('');
  const [isSending, setSending] = useState(false);
  if (from === undefined) return <Text>{texts.withheld}</Text>;
  const mine = all.filter((each) => each.from === from || each.to === from);

  async function send(number: string): Promise<void> {
    if (body.trim() === '' || isSending) return;
    setSending(true);
    setBody('');
    if (!(await sendText(number, to, body.trim()))) setBody(body);
    setSending(false);
  }

  return (
    <form
      className={classes.panel}
      onSubmit={(event) => {
        event.preventDefault();
        void send(from);
      }}
    >
      <div
        className={said.box}
        role="log"
        aria-label={texts.log}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by key
        tabIndex={0}
      >
        {mine.length === 0 && <Text c="dimmed">{texts.none}</Text>}
        {mine.map((each, at) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: messages are only ever added at the end
            key={at}
            className={said.said}
            data-side={each.from === from ? 'you' : 'line'}
          >
            <Text dir="auto">{each.body}</Text>
          </div>
        ))}
      </div>
      <Textarea
        label={texts.label}
        value={body}
        minRows={2}
        maxLength={LONGEST}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      <Button type="submit" loading={isSending} disabled={!isConnected || from === ''}>
        {texts.send}
      </Button>
    </form>
  );
}
