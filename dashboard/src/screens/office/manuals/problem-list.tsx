import { Alert, Button, Text } from '@mantine/core';
import { manualWritingTexts } from '../../../texts/office/manual-writing.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { plain } from '../../../ui/plain.ts';
import classes from './problem-list.module.css';
import { lineIn, type Problem } from './problems.ts';

interface ProblemListProps {
  problems: readonly Problem[];
  text: string;
  onGo: (line: number) => void;
}

/** Each line that can't be spoken, why, and the way to it. The reasons are in the API's words. */
export function ProblemList({ problems, text, onGo }: ProblemListProps) {
  const { problems: texts } = useTextsOf(manualWritingTexts);
  return (
    <Alert color="red" role="alert" title={texts.title(problems.length)}>
      <Text size="sm">{texts.say}</Text>
      <ol className={classes.list}>
        {problems.map(({ line, message }) => (
          <li key={`${line} ${message}`}>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={texts.go(line)}
              onClick={() => onGo(line)}
            >
              {texts.line(line)}
            </Button>
            <Text size="sm" lang="en">
              {message}
            </Text>
            <q dir="auto">{plain(lineIn(text, line).text)}</q>
          </li>
        ))}
      </ol>
    </Alert>
  );
}
