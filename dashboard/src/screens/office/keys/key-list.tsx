import { Text } from '@mantine/core';
import { useNameOf } from '../../../live/people.ts';
import { keysTexts } from '../../../texts/office/keys.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Moment } from '../../../ui/times.tsx';
import { RecordButton } from '../record-button.tsx';
import classes from '../record-list.module.css';
import { Fact, Told } from '../told.tsx';

export interface ApiKey {
  id: string;
  name: string;
  scopes: string[];
  created_at: string | null;
  created_by: string | null;
  last_used_at: string | null;
  revoked: boolean;
}

interface KeyListProps {
  label: string;
  keys: readonly ApiKey[];
  /** Absent: there is nothing to be done any more. */
  onRevoke?: (key: ApiKey) => void;
}

export function KeyList({ label, keys, onRevoke }: KeyListProps) {
  const texts = useTextsOf(keysTexts);
  const nameOf = useNameOf();
  return (
    <ul className={classes.list} aria-label={label}>
      {keys.map((key) => (
        <li key={key.id} className={classes.record}>
          <Text fw={600} dir="auto">
            {key.name}
          </Text>
          <Told>
            <Fact name={texts.scopes}>
              {key.scopes.map((scope) => texts.scopeOf[scope] ?? scope).join(', ')}
            </Fact>
            <Fact name={texts.createdAt}>
              {key.created_at && <Moment at={key.created_at} withDate />}
            </Fact>
            <Fact name={texts.createdBy}>{key.created_by && nameOf(key.created_by)}</Fact>
            <Fact name={texts.lastUsed}>
              {key.last_used_at ? <Moment at={key.last_used_at} withDate /> : texts.never}
            </Fact>
          </Told>
          {onRevoke && (
            <div className={classes.actions}>
              <RecordButton action={texts.revoke} of={key.name} onClick={() => onRevoke(key)} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
