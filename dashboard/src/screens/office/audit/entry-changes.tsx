import { VisuallyHidden } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import type { NamedEntry } from '../../../api/types.ts';
import { useCompanyZone } from '../../../live/company-zone.ts';
import { useNameOf } from '../../../live/people.ts';
import { auditTexts } from '../../../texts/office/audit.ts';
import { auditFieldTexts } from '../../../texts/office/audit-fields.ts';
import { commonTexts } from '../../../texts/office/common.ts';
import { manualsTexts } from '../../../texts/office/manuals.ts';
import { peopleTexts } from '../../../texts/office/people.ts';
import { useLanguage } from '../../../texts/texts.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { plain } from '../../../ui/plain.ts';
import type { Role } from '../people/supervisor.ts';
import classes from './audit-entries.module.css';
import { type Difference, differencesOf, type Plain } from './differences.ts';

/** So many fields are shown at once; more are behind a line that opens. */
const FEW = 4;
/** Fields that say nothing to people; ids of conversations hold callers' numbers. */
const UNTOLD = new Set(['id', 'company_id', 'hash', 'text', 'conversations']);

/** What changed, field by field: as it was, and as it is since. */
export function EntryChanges({ entry }: { entry: Pick<NamedEntry, 'before' | 'after'> }) {
  const texts = useTextsOf(auditTexts);
  const differences = differencesOf(entry.before, entry.after).filter(
    ({ path }) => !UNTOLD.has(path.at(-1) ?? ''),
  );
  if (differences.length === 0) return null;
  const list = (
    <dl className={classes.changes}>
      {differences.map((difference) => (
        <Change key={difference.path.join('.')} difference={difference} />
      ))}
    </dl>
  );
  if (differences.length <= FEW) return list;
  return (
    <details className={classes.many}>
      <summary>{texts.fields(differences.length)}</summary>
      {list}
    </details>
  );
}

function Change({ difference: { path, before, after } }: { difference: Difference }) {
  const texts = useTextsOf(auditTexts);
  const fields = useTextsOf(auditFieldTexts);
  const inWords = useValueWords();
  const name = path.map((part) => fields[part] ?? part.replaceAll('_', ' ')).join(' › ');
  const value = (of: Plain | undefined) =>
    of === undefined ? texts.nothing : plain(inWords(path.at(-1) ?? '', of));
  return (
    <div className={classes.change}>
      <dt dir="auto">{name}</dt>
      <dd dir="auto">
        {before !== undefined && (
          <>
            <VisuallyHidden>{texts.before} </VisuallyHidden>
            <del>{value(before)}</del>
            <IconArrowRight size={14} aria-hidden className={classes.becomes} />
          </>
        )}
        <VisuallyHidden> {texts.after} </VisuallyHidden>
        <ins>{value(after)}</ins>
      </dd>
    </div>
  );
}

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/;

/** Yes, no, roles, states of manuals and times in words, supervisors by name. */
function useValueWords() {
  const common = useTextsOf(commonTexts);
  const { roles } = useTextsOf(peopleTexts);
  const { states } = useTextsOf(manualsTexts);
  const language = useLanguage();
  const zone = useCompanyZone();
  const nameOf = useNameOf();
  const time = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    hourCycle: 'h23',
    ...(zone !== undefined && { timeZone: zone }),
  });
  return (field: string, value: Plain): string => {
    if (typeof value === 'boolean') return value ? common.yes : common.no;
    const text = String(value);
    if (field === 'admin_id' || field === 'by') return nameOf(text);
    if (field === 'role' && Object.hasOwn(roles, text)) return roles[text as Role];
    if (field === 'status' && Object.hasOwn(states, text))
      return states[text as keyof typeof states];
    return INSTANT.test(text) ? time.format(new Date(text)) : text;
  };
}
