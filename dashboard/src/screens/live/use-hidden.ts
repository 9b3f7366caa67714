import { type RefObject, useEffect, useRef, useState } from 'react';

/** How many calls of a box do not fit into it whole. */
export function useHidden(): { box: RefObject<HTMLDivElement | null>; hidden: number } {
  const box = useRef<HTMLDivElement>(null);
  const [hidden, setHidden] = useState(0);
  useEffect(() => {
    const { current } = box;
    if (!current) return undefined;
    const count = () => {
      const bottom = current.getBoundingClientRect().bottom + 1;
      const rows = [...current.querySelectorAll('[data-call]')];
      setHidden(rows.filter((row) => row.getBoundingClientRect().bottom > bottom).length);
    };
    const resizes = new ResizeObserver(count);
    resizes.observe(current);
    const changes = new MutationObserver(count);
    changes.observe(current, { childList: true, characterData: true, subtree: true });
    count();
    return () => {
      resizes.disconnect();
      changes.disconnect();
    };
  }, []);
  return { box, hidden };
}
