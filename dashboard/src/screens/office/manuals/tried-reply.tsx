import { Blockquote, Stack, Text } from '@mantine/core';
import type { Tried } from '../../../api/types.ts';
import { manualsTexts } from '../../../texts/office/manuals.ts';
import { useLanguage, useTexts } from '../../../texts/texts.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { wordsOf } from '../../../ui/fact-words.ts';
import { plain } from '../../../ui/plain.ts';
import { UrgencyMark } from '../../../ui/urgency-mark.tsx';
import { Fact, Told } from '../told.tsx';
import { Words } from './passage-list.tsx';
import classes from './tried-reply.module.css';

/** What somebody who says this would hear, and what it rests on. */
export function TriedReply({ tried, language }: { tried: Tried; language: string }) {
  const { tried: texts } = useTextsOf(manualsTexts);
  const { live } = useTexts();
  const percent = new Intl.NumberFormat(useLanguage(), { style: 'percent' });
  const rungs: Readonly<Record<string, string>> = live.rung;
  return (
    <Stack gap="sm">
      <div>
        <UrgencyMark urgency={tried.urgency} />
      </div>
      <Blockquote p="sm" my={0} aria-label={texts.heard}>
        <span lang={language} dir="auto" className={classes.words}>
          {plain(tried.words)}
        </span>
      </Blockquote>
      <Told>
        <Fact name={texts.card}>
          {tried.card === null ? texts.noCard : wordsOf('hazard', tried.card)}
        </Fact>
        <Fact name={texts.rung}>{tried.rung && (rungs[tried.rung] ?? tried.rung)}</Fact>
        <Fact name={texts.sources}>{plain(tried.sources)}</Fact>
        <Fact name={texts.pack}>{tried.pack}</Fact>
      </Told>
      <Text size="sm" fw={600}>
        {tried.passages.length === 0 ? texts.noPassages : texts.passages}
      </Text>
      {tried.passages.map(({ id, score, text }) => (
        <div key={id} className={classes.passage}>
          <Text size="xs" c="dimmed">
            {id} · {score === null ? texts.unscored : texts.score(percent.format(score))}
          </Text>
          <div lang={language} dir="auto">
            <Words text={text} />
          </div>
        </div>
      ))}
    </Stack>
  );
}
