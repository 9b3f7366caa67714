import { Button, Paper, Text, Title } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { CallView, Message } from '../../api/types.ts';
import { useTexts } from '../../texts/texts.ts';
import { plain } from '../../ui/plain.ts';
import { Moment } from '../../ui/times.tsx';
import { judgementsByTurn, turnOf } from './judgements.ts';
import { Sources } from './sources.tsx';
import classes from './transcript.module.css';

interface TranscriptProps {
  call: CallView;
  messages: readonly Message[];
}

/** Follows the newest words while the reader is at the end, and stays where they read otherwise. */
export function Transcript({ call, messages }: TranscriptProps) {
  const texts = useTexts();
  const end = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const count = messages.length;

  // biome-ignore lint/correctness/useExhaustiveDependencies: new words are what it follows
  useEffect(() => {
    if (atEnd) end.current?.scrollIntoView({ block: 'nearest' });
  }, [count, atEnd]);

  function scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = box.current ?? document.documentElement;
    setAtEnd(scrollHeight - scrollTop - clientHeight < 40);
  }

  const judged = judgementsByTurn(call);
  return (
    <Paper withBorder radius="md" className={classes.panel} component="section">
      <Title order={2} size="h5" p="md" pb="xs">
        {texts.call.transcript}
      </Title>
      <div
        ref={box}
        className={classes.scroll}
        onScroll={scrolled}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by key
        tabIndex={0}
        role="log"
        aria-label={texts.call.transcript}
      >
        {count === 0 && <Text c="dimmed">{texts.call.empty}</Text>}
        <ol className={classes.messages}>
          {messages.map((message) => (
            <Said
              key={message.id}
              message={message}
              isQueued={isQueued(call, message)}
              judged={message.role === 'user' ? judged.get(turnOf(message.id)) : undefined}
            />
          ))}
        </ol>
        <div ref={end} />
      </div>
      {!atEnd && (
        <Button
          className={classes.jump}
          size="compact-sm"
          leftSection={<IconArrowDown size={16} aria-hidden />}
          onClick={() => setAtEnd(true)}
        >
          {texts.call.newWords}
        </Button>
      )}
    </Paper>
  );
}

interface SaidProps {
  message: Message;
  isQueued: boolean;
  judged: { urgency: 'URGENT' | 'CRITICAL' } | undefined;
}

function Said({ message, isQueued, judged }: SaidProps) {
  const texts = useTexts();
  return (
    <li
      className={classes.said}
      data-role={message.role}
      data-unspoken={message.spoken === false || undefined}
    >
      <Text size="xs" c="dimmed" className={classes.speaker}>
        <b>{texts.role[message.role]}</b> <Moment at={message.timestamp} />
      </Text>
      <Text className={classes.words} dir="auto">
        {plain(message.content)}
      </Text>
      <Sources message={message} />
      {message.spoken === false && (
        <Text size="xs" fs="italic">
          {texts.call.unspoken}
        </Text>
      )}
      {isQueued && (
        <Text size="xs" fs="italic">
          {texts.call.queued}
        </Text>
      )}
      {judged && (
        <Text size="xs" fw={700} className={classes.judged} data-urgency={judged.urgency}>
          {texts.call.raised(texts.urgency[judged.urgency])}
        </Text>
      )}
    </li>
  );
}

/** A supervisor's message that the caller has not heard; what was said in a conference, they have. */
function isQueued(call: CallView, { id, role }: Message): boolean {
  return role === 'admin' && call.status === 'ACTIVE' && call.heard_messages[id] === undefined;
}
