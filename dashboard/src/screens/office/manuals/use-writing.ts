import { useDraft } from '../../../ui/drafts.ts';

/** The version over which a text is written. */
export interface Base {
  id: string;
  version: number;
  /** A draft is written anew; after any other version comes the next one. */
  isDraft: boolean;
  /** To save nothing over words that its writer has not seen. */
  etag: string | undefined;
}

interface Written {
  text: string;
  base?: Base;
}

/** What somebody writes: kept over other screens and over a session that ends, until it is saved. */
export function useWriting(key: string, initial: Written) {
  const [draft, keep] = useDraft(`manual ${key}`);
  const typed = draft === undefined ? undefined : (JSON.parse(draft) as Written);
  const { text, base } = typed ?? initial;
  const write = (next: string, over: Base | undefined = base) =>
    keep(JSON.stringify({ text: next, ...(over && { base: over }) }));
  return { text, base, isTyped: typed !== undefined, write, discard: () => keep(undefined) };
}
export type Writing = ReturnType<typeof useWriting>;
