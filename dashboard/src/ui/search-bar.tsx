import { Button, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import classes from './search-bar.module.css';

/** Milliseconds after the last key until a search is asked for. */
const TYPING = 350;

interface SearchBarProps {
  className?: string | undefined;
  /** Of the field for words. */
  label: string;
  maxLength?: number;
  /** The words that are searched for. */
  q: string | undefined;
  onSearch: (q: string | undefined) => void;
  isFiltered: boolean;
  /** What the button says that takes all filters away. */
  clear: string;
  onClear: () => void;
  /** The other filters. */
  children: ReactNode;
}

/** A search by words and other filters above a list. Words are searched for once no key follows. */
export function SearchBar(props: SearchBarProps) {
  const { className, label, maxLength, q, onSearch, isFiltered, clear, onClear, children } = props;
  const [words, setWords] = useState(q ?? '');
  const search = useDebouncedCallback((typed: string) => onSearch(typed || undefined), TYPING);
  return (
    <search className={[classes.bar, className].filter(Boolean).join(' ')}>
      <TextInput
        className={classes.words}
        label={label}
        type="search"
        maxLength={maxLength}
        leftSection={<IconSearch size={18} aria-hidden />}
        value={words}
        onChange={({ currentTarget }) => {
          setWords(currentTarget.value);
          search(currentTarget.value);
        }}
      />
      {children}
      {isFiltered && (
        <Button
          variant="subtle"
          onClick={() => {
            // What was typed just now would be searched for in the empty bar.
            search.cancel();
            setWords('');
            onClear();
          }}
        >
          {clear}
        </Button>
      )}
    </search>
  );
}
