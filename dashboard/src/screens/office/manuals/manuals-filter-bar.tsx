import { Button, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { Manual } from '../../../api/types.ts';
import { commonTexts } from '../../../texts/office/common.ts';
import { manualsTexts } from '../../../texts/office/manuals.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { ChoiceFilter } from '../../../ui/choice-filter.tsx';
import { useLanguageName } from '../languages.ts';
import { authorsOf } from './filtering.ts';
import classes from './manuals-filter-bar.module.css';
import type { ManualsSearch } from './search.ts';
import { STANDINGS } from './standing.ts';

interface FilterBarProps {
  manuals: readonly Manual[];
  search: ManualsSearch;
}

/** Each filter stands in the address as soon as it is chosen. */
export function ManualsFilterBar({ manuals, search }: FilterBarProps) {
  const texts = useTextsOf(manualsTexts);
  const common = useTextsOf(commonTexts);
  const languageName = useLanguageName();
  const navigate = useNavigate({ from: '/office/manuals' });
  const set = (change: Partial<ManualsSearch>) =>
    void navigate({ search: (known) => ({ ...known, ...change }), replace: true });
  const { q, state, language, kind, author } = search;
  const isFiltered = [q, state, language, kind, author].some((value) => value !== undefined);
  const languages = [...new Set(manuals.map((manual) => manual.language))].sort();
  const choices = [
    ['state', texts.columns.state, STANDINGS.map((each) => [each, texts.states[each]])],
    ['kind', texts.columns.kind, Object.entries(texts.kinds)],
    ['language', texts.columns.language, languages.map((code) => [code, languageName(code)])],
    ['author', texts.columns.author, authorsOf(manuals).map(({ id, name }) => [id, name])],
  ] as const;
  return (
    <search className={classes.bar}>
      <TextInput
        className={classes.words}
        label={common.search}
        type="search"
        leftSection={<IconSearch size={18} aria-hidden />}
        value={q ?? ''}
        onChange={({ currentTarget }) => set({ q: currentTarget.value || undefined })}
      />
      {choices.map(([name, label, values]) => (
        <ChoiceFilter
          key={name}
          label={label}
          any={common.any}
          options={values.map(([value = '', told = '']) => ({ value, label: told }))}
          value={search[name]}
          onChange={(value) => set({ [name]: value })}
        />
      ))}
      {isFiltered && (
        <Button
          variant="subtle"
          onClick={() =>
            set({
              q: undefined,
              state: undefined,
              language: undefined,
              kind: undefined,
              author: undefined,
            })
          }
        >
          {common.clearFilters}
        </Button>
      )}
    </search>
  );
}
