import { Paper, Text, Title } from '@mantine/core';
import type { CallView, FactKind } from '../../api/types.ts';
import { useTexts } from '../../texts/texts.ts';
import { wordsOf } from '../../ui/fact-words.ts';
import classes from './facts-panel.module.css';

const KINDS: readonly FactKind[] = ['where', 'hazard', 'injured', 'trapped', 'callback'];
/** Below it a fact is a guess. */
const TOLD = 0.5;

/** What is known of the incident, in the caller's own words. */
export function FactsPanel({ call }: { call: CallView }) {
  const { call: texts } = useTexts();
  return (
    <Paper withBorder radius="md" p="md" component="section">
      <Title order={2} size="h5" mb="xs">
        {texts.facts}
      </Title>
      <dl className={classes.facts}>
        {KINDS.map((kind) => {
          const fact = call.facts[kind];
          return (
            <div key={kind}>
              <dt>{texts.factNames[kind]}</dt>
              <dd data-known={fact !== null}>
                <span dir="auto">{fact ? wordsOf(kind, fact.value) : texts.unknown}</span>
                {fact && fact.confidence < TOLD && (
                  <Text component="span" size="xs" c="dimmed">
                    {' '}
                    ({texts.guessed})
                  </Text>
                )}
              </dd>
            </div>
          );
        })}
      </dl>
    </Paper>
  );
}
