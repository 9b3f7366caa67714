import { Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Line } from '../../../emulators/telephone-page/protocol.ts';
import type { Call } from './desk-state.ts';
import type { TelephoneTexts } from './texts/en.ts';
import { useTelephoneTexts } from './texts/use-telephone-texts.ts';
import classes from './transcript.module.css';

/** All that was heard and done in a call, as text; the newest is in sight. */
export function Transcript({ call: { lines } }: { call: Call }) {
  const texts = useTelephoneTexts();
  const box = useRef<HTMLDivElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines are what it follows
  useEffect(() => {
    box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [lines.length]);

  return (
    <div
      ref={box}
      className={classes.box}
      role="log"
      aria-label={texts.transcript}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by key
      tabIndex={0}
    >
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added at the end
        <LineOf key={at} line={line} texts={texts} />
      ))}
    </div>
  );
}

function LineOf({ line, texts }: { line: Line; texts: TelephoneTexts }) {
  if (line.kind === 'heard') {
    const { text, language } = line;
    return (
      <Words who={texts.line} side="line" {...(language && { language })}>
        {text}
      </Words>
    );
  }
  if (line.kind === 'spoke') {
    return (
      <Words who={texts.you} side="you" {...(line.understood && { after: misheard(line, texts) })}>
        {line.text}
      </Words>
    );
  }
  return (
    <Text size="sm" c="dimmed" className={classes.note}>
      {noteOf(line, texts)}
    </Text>
  );
}

function misheard({ understood = '' }: { understood?: string }, texts: TelephoneTexts): string {
  return `${texts.understood(understood)} ${texts.otherLanguage}`;
}

interface WordsProps {
  who: string;
  side: 'line' | 'you';
  language?: string;
  after?: string;
  children: string;
}

function Words({ who, side, language, after, children }: WordsProps) {
  return (
    <div className={classes.said} data-side={side}>
      <Text size="xs" c="dimmed">
        <b>{who}</b> {language}
      </Text>
      <Text lang={language} dir="auto">
        {children}
      </Text>
      {after && (
        <Text size="xs" c="dimmed">
          {after}
        </Text>
      )}
    </div>
  );
}

function noteOf(line: Exclude<Line, { kind: 'heard' | 'spoke' }>, texts: TelephoneTexts): string {
  switch (line.kind) {
    case 'pressed':
      return texts.pressed(line.keys);
    case 'silent':
      return texts.silent(line.seconds);
    case 'unheard':
      return texts.unheard(line.reason);
    case 'failed':
      return texts.failed(line.reason);
    case 'joined':
    case 'left':
      return texts[line.kind];
  }
}
