import { Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useWorkerName } from '../../live/people.ts';
import { useTexts } from '../../texts/texts.ts';
import { ChoiceFilter } from '../../ui/choice-filter.tsx';
import { DayFilter } from '../../ui/day-filter.tsx';
import { plain } from '../../ui/plain.ts';
import { SearchBar } from '../../ui/search-bar.tsx';
import classes from './filter-bar.module.css';
import type { Filters } from './filters.ts';

/** Each filter stands in the address as soon as it is chosen. */
export function FilterBar({ filters }: { filters: Filters }) {
  const { history, urgency, medium, call } = useTexts();
  const navigate = useNavigate({ from: '/history' });
  const set = (change: Partial<Filters>) =>
    void navigate({ search: (known) => ({ ...known, ...change }), replace: true });
  const worker = useWorkerName(filters.worker_id ?? 'unknown') ?? filters.worker_id;

  return (
    <SearchBar
      className={classes.bar}
      label={history.search}
      q={filters.q}
      onSearch={(q) => set({ q })}
      isFiltered={Object.values(filters).some((value) => value !== undefined)}
      clear={history.clear}
      onClear={() => void navigate({ search: {}, replace: true })}
    >
      <ChoiceFilter
        label={history.urgency}
        any={history.any}
        options={optionsOf(urgency)}
        value={filters.urgency}
        onChange={(value) => set({ urgency: value })}
      />
      <ChoiceFilter
        label={history.medium}
        any={history.any}
        options={optionsOf(medium)}
        value={filters.medium}
        onChange={(value) => set({ medium: value })}
      />
      <ChoiceFilter
        label={history.outcome}
        any={history.any}
        options={optionsOf(call.actionsOf)}
        value={filters.final_action}
        onChange={(value) => set({ final_action: value })}
      />
      <DayFilter label={history.from} value={filters.from} onChange={(from) => set({ from })} />
      <DayFilter label={history.to} value={filters.to} onChange={(to) => set({ to })} />
      {worker !== undefined && (
        <Text size="sm" py="xs" dir="auto">
          {history.ofWorker(plain(worker))}
        </Text>
      )}
    </SearchBar>
  );
}

function optionsOf(names: Record<string, string>) {
  return Object.entries(names).map(([value, label]) => ({ value, label }));
}
