import { Button, Text } from '@mantine/core';
import type { Action } from '../../../emulators/telephone-page/protocol.ts';
import { languageKeys } from '../../../functions/src/assistant/languages/choose.ts';
import { act } from './desk.ts';
import type { Call } from './desk-state.ts';
import classes from './telephone.module.css';
import { useTelephoneTexts } from './texts/use-telephone-texts.ts';

const FIRE = 'there is a fire in the paint shop';
const GAS = 'बॉयलर के पास गैस लीक हो रही है';
const QUESTION = 'how do I lock out the mixer before cleaning';
const HINDI = 'hi-IN';

/** What somebody at the demo may want to say, at one press. */
export function ReadyWords({ call, languages }: { call: Call; languages: readonly string[] }) {
  const { ready: texts } = useTelephoneTexts();
  const inHindi = hindi(call, languages);
  const offers: { name: string; actions: Action[] | undefined }[] = [
    { name: texts.fire, actions: [{ do: 'say', words: FIRE }] },
    { name: texts.gas, actions: inHindi },
    { name: texts.question, actions: [{ do: 'say', words: QUESTION }] },
    // Aurora asks for a key; 1 is danger.
    { name: texts.mute, actions: [{ do: 'keep-silent' }, { do: 'press', keys: '1' }] },
  ];
  return (
    <div>
      <Text size="sm" c="dimmed" id="ready">
        {texts.title}
      </Text>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields */}
      <div role="group" aria-labelledby="ready" className={classes.row}>
        {offers.map(
          ({ name, actions }) =>
            actions && (
              <Button
                key={name}
                size="compact-sm"
                variant="light"
                onClick={() => void act(call.id, ...actions)}
              >
                {name}
              </Button>
            ),
        )}
      </div>
    </div>
  );
}

/** A line that listens for another language is switched first; undefined where it has no Hindi. */
function hindi(call: Call, languages: readonly string[]): Action[] | undefined {
  const words: Action = { do: 'say', words: GAS };
  const language = call.language ?? languages[0] ?? '';
  if (language === HINDI) return [words];
  const key = languageKeys({ language, languages }).find((each) => each.language === HINDI)?.key;
  return key && [{ do: 'press', keys: key }, words];
}
