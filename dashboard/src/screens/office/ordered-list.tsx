import { ActionIcon, Group, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPencil, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { commonTexts } from '../../texts/office/common.ts';
import { orderedListTexts } from '../../texts/office/ordered-list.ts';
import { useTextsOf } from '../../texts/use-texts-of.ts';
import classes from './ordered-list.module.css';

interface OrderedListProps<T> {
  items: readonly T[];
  /** Of the list, for those who hear it. */
  label: string;
  /** In short, for the names of the buttons. */
  nameOf: (item: T) => string;
  show: (item: T, index: number) => ReactNode;
  onChange: (items: T[]) => void;
  onEdit?: (item: T, index: number) => void;
  /** How many stay at least. */
  least?: number;
  readOnly?: boolean;
}

type Direction = 'up' | 'down';

/** A list in which the order matters, changed by mouse or key; who moves an item stays with it. */
export function OrderedList<T>(props: OrderedListProps<T>) {
  const { items, label, nameOf, show, onChange, onEdit, least = 0, readOnly = false } = props;
  const common = useTextsOf(commonTexts);
  const texts = useTextsOf(orderedListTexts);
  const list = useRef<HTMLOListElement>(null);
  const [moved, setMoved] = useState<{ to: number; by: Direction; told: string }>();

  useEffect(() => {
    if (!moved) return;
    const item = list.current?.children[moved.to];
    const button = (by: Direction) =>
      item?.querySelector<HTMLButtonElement>(`button[data-move="${by}"]:not(:disabled)`);
    (button(moved.by) ?? button(moved.by === 'up' ? 'down' : 'up'))?.focus();
  }, [moved]);

  function move(from: number, by: Direction): void {
    const to = by === 'up' ? from - 1 : from + 1;
    const ordered = [...items];
    const [item] = ordered.splice(from, 1);
    if (item === undefined || to < 0 || to > ordered.length) return;
    ordered.splice(to, 0, item);
    onChange(ordered);
    setMoved({ to, by, told: texts.place(nameOf(item), to + 1, items.length) });
  }

  function remove(index: number): void {
    onChange(items.filter((_, at) => at !== index));
    const next = list.current?.children[index === 0 ? 1 : index - 1];
    next?.querySelector<HTMLButtonElement>('button:not(:disabled)')?.focus();
  }

  return (
    <>
      <ol className={classes.list} aria-label={label} ref={list}>
        {items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is what an item is known by
          <li key={index} className={classes.item}>
            <span className={`numbers ${classes.place}`} aria-hidden>
              {index + 1}
            </span>
            <div className={classes.what}>{show(item, index)}</div>
            {!readOnly && (
              <Group gap={4} wrap="nowrap">
                <ActionIcon
                  variant="default"
                  size="lg"
                  data-move="up"
                  disabled={index === 0}
                  aria-label={common.of(texts.up, nameOf(item))}
                  onClick={() => move(index, 'up')}
                >
                  <IconArrowUp size={18} aria-hidden />
                </ActionIcon>
                <ActionIcon
                  variant="default"
                  size="lg"
                  data-move="down"
                  disabled={index === items.length - 1}
                  aria-label={common.of(texts.down, nameOf(item))}
                  onClick={() => move(index, 'down')}
                >
                  <IconArrowDown size={18} aria-hidden />
                </ActionIcon>
                {onEdit && (
                  <ActionIcon
                    variant="default"
                    size="lg"
                    aria-label={common.of(common.edit, nameOf(item))}
                    onClick={() => onEdit(item, index)}
                  >
                    <IconPencil size={18} aria-hidden />
                  </ActionIcon>
                )}
                <ActionIcon
                  variant="default"
                  size="lg"
                  disabled={items.length <= least}
                  aria-label={common.of(common.remove, nameOf(item))}
                  onClick={() => remove(index)}
                >
                  <IconTrash size={18} aria-hidden />
                </ActionIcon>
              </Group>
            )}
          </li>
        ))}
      </ol>
      <VisuallyHidden role="status">{moved?.told}</VisuallyHidden>
    </>
  );
}
