import { Text } from '@mantine/core';
import type { PassageView } from '../../../api/types.ts';
import { manualsTexts } from '../../../texts/office/manuals.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { plain } from '../../../ui/plain.ts';
import classes from './passage-list.module.css';
import type { Usage } from './usage.ts';

interface PassageListProps {
  passages: readonly PassageView[];
  language: string;
  /** Undefined where it is not known. */
  usage: Usage | undefined;
}

/** What can be spoken, piece by piece, and how often each piece was. */
export function PassageList({ passages, language, usage }: PassageListProps) {
  const texts = useTextsOf(manualsTexts);
  return (
    <ol className={classes.list} aria-label={texts.passage.list}>
      {passages.map((passage) => (
        <li key={passage.id} className={classes.passage} data-passage={passage.id}>
          <div>
            <Text size="sm" fw={600}>
              <KindOf passage={passage} />
            </Text>
            <Text size="xs" c="dimmed" className={classes.id}>
              {passage.id}
            </Text>
          </div>
          <div lang={language} dir="auto" className={classes.words}>
            {passage.question !== '' && (
              <Text size="sm" fs="italic">
                {plain(passage.question)}
              </Text>
            )}
            <Words text={passage.text} />
          </div>
          {usage && (
            <Text size="sm" className="numbers">
              {texts.spokenTimes(usage.ofPassage.get(passage.id) ?? 0)}
            </Text>
          )}
        </li>
      ))}
    </ol>
  );
}

function KindOf({ passage: { id, kind } }: { passage: PassageView }) {
  const { passage: texts } = useTextsOf(manualsTexts);
  if (kind === 'step') return texts.step(/\d+$/.exec(id)?.[0] ?? '');
  return texts[kind];
}

/** The words as they are spoken; the number of the site is not known here. */
export function Words({ text }: { text: string }) {
  const { emergencyNumber } = useTextsOf(manualsTexts);
  return <Text>{plain(text).replaceAll('{emergency_number}', emergencyNumber)}</Text>;
}
