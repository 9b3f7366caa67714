import { Alert, List } from '@mantine/core';
import { onCallTexts } from '../../../texts/office/on-call.ts';
import { useLanguage } from '../../../texts/texts.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { clockAt, dateInWords } from './clock.ts';
import type { Gap, Warnings } from './warnings.ts';
import { useNameOfPerson } from './who.ts';

/** More than so many are told as a number. */
const MOST_GAPS = 5;

/** Why nobody might come: what a safety officer should look at first. */
export function WarningsPanel({ warnings }: { warnings: Warnings }) {
  const texts = useTextsOf(onCallTexts);
  const language = useLanguage();
  const nameOf = useNameOfPerson();
  const { gaps, unreachable, emptySteps, rotaUnused } = warnings;
  const lines = [
    ...emptySteps.map((place) => texts.emptyStep(place)),
    ...unreachable.map((person) => texts.notFetched(nameOf(person))),
    ...gaps.slice(0, MOST_GAPS).map(gapInWords),
    ...(gaps.length > MOST_GAPS ? [texts.moreGaps(gaps.length - MOST_GAPS)] : []),
    ...(rotaUnused ? [texts.rotaUnused] : []),
  ];
  const isFine = lines.length === 0;

  function gapInWords({ from, to }: Gap): string {
    const at = (iso: string) => `${dateInWords(iso.slice(0, 10), language)} ${clockAt(iso)}`;
    return texts.gap(at(from), at(to));
  }

  return (
    <Alert
      color={isFine ? 'teal' : 'orange'}
      role="status"
      title={isFine ? texts.fine : texts.lookAt}
    >
      {!isFine && (
        <List size="sm">
          {lines.map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}
