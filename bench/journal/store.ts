import type { Addition, Total } from './conversations.ts';

/** One way to keep the calls on the local disk. All of them leave fsync to the kernel's leisure. */
export interface Store {
  /** Brings the additions in by whatever way is quickest; not measured. */
  fill(additions: Iterable<Addition>): Promise<void> | void;
  /** Returns, or resolves, when the kernel has the message; measured. */
  append(addition: Addition): Promise<void> | void;
  /** Closes the store and reads back from the disk what it holds. */
  finish(): Promise<Total>;
}

/** Makes a store in an empty directory. */
export type StoreFactory = (directory: string) => Promise<Store> | Store;
