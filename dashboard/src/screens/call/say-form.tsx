import { Button, Textarea } from '@mantine/core';
import { useRef } from 'react';
import { useTexts } from '../../texts/texts.ts';
import { useDraft } from '../../ui/drafts.ts';
import classes from './say-form.module.css';
import { useAct } from './use-act.ts';

/** As the API takes it: about a minute of speech. */
const LONGEST = 1_000;

/** Words that the caller hears at once. */
export function SayForm({ callId }: { callId: string }) {
  const { call: texts } = useTexts();
  const [content = '', setContent] = useDraft(`say ${callId}`);
  const { act, busy } = useAct(callId);
  /** The same words, sent again after a failure, are the same message. */
  const key = useRef(crypto.randomUUID());

  async function say(): Promise<void> {
    if (content.trim() === '') return;
    const done = await act('message', { content }, { 'idempotency-key': key.current });
    if (!done) return;
    key.current = crypto.randomUUID();
    setContent(undefined);
  }

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void say();
      }}
    >
      <Textarea
        label={texts.say}
        placeholder={texts.sayPlaceholder}
        value={content}
        autosize
        minRows={2}
        maxLength={LONGEST}
        onChange={(event) => {
          key.current = crypto.randomUUID();
          // One line, as it is spoken: what is pasted may hold more.
          setContent(event.currentTarget.value.replace(/\s*[\r\n]+\s*/g, ' '));
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault();
            void say();
          }
        }}
      />
      <Button type="submit" loading={busy === 'message'} disabled={content.trim() === ''}>
        {texts.send}
      </Button>
    </form>
  );
}
