import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { auditTexts } from '../../../texts/office/audit.ts';
import { commonTexts } from '../../../texts/office/common.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { ChoiceFilter } from '../../../ui/choice-filter.tsx';
import { DayFilter } from '../../../ui/day-filter.tsx';
import { SearchBar } from '../../../ui/search-bar.tsx';
import classes from './audit-filter-bar.module.css';
import type { AuditFilters } from './audit-filters.ts';
import { type Group, groupOf, useActionWords } from './audit-words.ts';
import { usePeopleAndKeys } from './people-and-keys.ts';

interface FilterBarProps {
  filters: AuditFilters;
  /** What the target is called, where an entry tells it. */
  targetName: string | undefined;
}

/** Each filter stands in the address as soon as it is chosen. */
export function AuditFilterBar({ filters, targetName }: FilterBarProps) {
  const texts = useTextsOf(auditTexts);
  const common = useTextsOf(commonTexts);
  const navigate = useNavigate({ from: '/office/audit' });
  const set = (change: Partial<AuditFilters>) =>
    void navigate({ search: (known) => ({ ...known, ...change }), replace: true });

  return (
    <SearchBar
      className={classes.bar}
      label={texts.search}
      q={filters.q}
      onSearch={(q) => set({ q })}
      isFiltered={Object.values(filters).some((value) => value !== undefined)}
      clear={common.clearFilters}
      onClear={() => void navigate({ search: {}, replace: true })}
    >
      <PersonSelect value={filters.who} onChange={(who) => set({ who })} />
      <ActionSelect value={filters.action} onChange={(action) => set({ action })} />
      <DayFilter label={texts.from} value={filters.from} onChange={(from) => set({ from })} />
      <DayFilter label={texts.to} value={filters.to} onChange={(to) => set({ to })} />
      {filters.target !== undefined && (
        <Button
          variant="light"
          className={classes.target}
          rightSection={<IconX size={16} aria-hidden />}
          title={texts.forgetTarget}
          onClick={() => set({ target: undefined })}
        >
          {texts.target(targetName ?? filters.target)}
        </Button>
      )}
    </SearchBar>
  );
}

interface SelectProps {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

function PersonSelect({ value, onChange }: SelectProps) {
  const texts = useTextsOf(auditTexts);
  const { people, keys } = usePeopleAndKeys();
  const isKnown = [...people, ...keys].some(({ id }) => id === value);
  const optionsOf = (list: readonly { id: string; name: string }[]) =>
    list.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <ChoiceFilter
      label={texts.person}
      any={texts.anybody}
      options={[
        // Somebody who was removed, or who runs the installation.
        ...(value === undefined || isKnown ? [] : [{ value, label: texts.somebody(value) }]),
        ...(people.length > 0 ? [{ group: texts.people, items: optionsOf(people) }] : []),
        ...(keys.length > 0 ? [{ group: texts.keys, items: optionsOf(keys) }] : []),
      ]}
      value={value}
      onChange={onChange}
    />
  );
}

function ActionSelect({ value, onChange }: SelectProps) {
  const texts = useTextsOf(auditTexts);
  const words = useActionWords();
  const groups = Object.keys(texts.groups) as Group[];
  return (
    <ChoiceFilter
      label={texts.action}
      any={texts.anything}
      options={[
        ...(value === undefined || value in words ? [] : [{ value, label: value }]),
        ...groups.map((group) => ({
          group: texts.groups[group],
          items: Object.keys(words)
            .filter((action) => groupOf(action) === group)
            .map((action) => ({ value: action, label: words[action] ?? action })),
        })),
      ]}
      value={value}
      onChange={onChange}
    />
  );
}
