import { Button, Text } from '@mantine/core';
import type { NamedEntry } from '../../../api/types.ts';
import { auditTexts } from '../../../texts/office/audit.ts';
import { commonTexts } from '../../../texts/office/common.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { plain } from '../../../ui/plain.ts';
import { Moment } from '../../../ui/times.tsx';
import classes from './audit-entries.module.css';
import { useActionWords } from './audit-words.ts';
import { EntryChanges } from './entry-changes.tsx';
import { nameOfTarget, TargetLink } from './target-link.tsx';

interface AuditEntriesProps {
  entries: readonly NamedEntry[];
  /** Narrows the list to what is about one thing; absent where it is narrowed already. */
  onlyAbout?: ((target: string) => void) | undefined;
}

export function AuditEntries({ entries, onlyAbout }: AuditEntriesProps) {
  const texts = useTextsOf(auditTexts);
  return (
    <ol className={classes.entries} aria-label={texts.list}>
      {entries.map((entry) => (
        <Entry key={entry.id} entry={entry} onlyAbout={onlyAbout} />
      ))}
    </ol>
  );
}

interface EntryProps extends Pick<AuditEntriesProps, 'onlyAbout'> {
  entry: NamedEntry;
}

function Entry({ entry, onlyAbout }: EntryProps) {
  const texts = useTextsOf(auditTexts);
  const common = useTextsOf(commonTexts);
  const words = useActionWords();
  const { at, action, target, who, from } = entry;
  return (
    <li className={classes.entry}>
      <Text size="sm" c="dimmed" component="span" className={classes.when}>
        <Moment at={at} withDate />
      </Text>
      <div className={classes.who}>
        <Text size="sm" fw={600} dir="auto">
          {nameOfDoer(entry)}
        </Text>
        <Text size="xs" c="dimmed" title={from === null ? undefined : plain(from.user_agent)}>
          {[who.kind !== 'admin' && texts.kinds[who.kind], from?.ip && texts.fromWhere(from.ip)]
            .filter(Boolean)
            .join(' · ')}
        </Text>
      </div>
      <div className={classes.what}>
        <Text size="sm" component="div">
          {words[action] ?? <code>{plain(action)}</code>}
          {target !== who.id && (
            <>
              {' · '}
              <TargetLink entry={entry} />
            </>
          )}
        </Text>
        <EntryChanges entry={entry} />
      </div>
      {onlyAbout && (
        <Button
          variant="subtle"
          size="compact-xs"
          className={classes.only}
          aria-label={common.of(texts.onlyThis, nameOfTarget(entry))}
          onClick={() => onlyAbout(target)}
        >
          {texts.onlyThis}
        </Button>
      )}
    </li>
  );
}

function nameOfDoer({ who, who_name }: NamedEntry): string {
  return plain(who_name ?? who.id);
}
