import { useNavigate } from '@tanstack/react-router';
import { commonTexts } from '../../../texts/office/common.ts';
import { workersTexts } from '../../../texts/office/workers.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { ChoiceFilter } from '../../../ui/choice-filter.tsx';
import { SearchBar } from '../../../ui/search-bar.tsx';
import { isFiltered, type WorkerFilters } from './filters.ts';
import { useNames } from './use-names.ts';

/** Each filter stands in the address as soon as it is chosen. */
export function WorkerFilterBar({ filters }: { filters: WorkerFilters }) {
  const texts = useTextsOf(workersTexts);
  const common = useTextsOf(commonTexts);
  const navigate = useNavigate({ from: '/office/workers' });
  const { choicesOf } = useNames();
  const set = (change: Partial<WorkerFilters>) =>
    void navigate({ search: (known) => ({ ...known, ...change }), replace: true });

  function choice(field: 'site_id' | 'admin_id', label: string) {
    return (
      <ChoiceFilter
        label={label}
        any={common.any}
        options={choicesOf(field, filters[field] ?? '')}
        value={filters[field]}
        onChange={(value) => set({ [field]: value })}
      />
    );
  }

  return (
    <SearchBar
      label={texts.search}
      maxLength={100}
      q={filters.q}
      onSearch={(q) => set({ q })}
      isFiltered={isFiltered(filters)}
      clear={common.clearFilters}
      onClear={() => void navigate({ search: {}, replace: true })}
    >
      {choice('site_id', texts.site)}
      {choice('admin_id', texts.supervisor)}
    </SearchBar>
  );
}
