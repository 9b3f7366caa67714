import type { DocumentReference, Transaction } from 'firebase-admin/firestore';
import type { z } from 'zod';
import type { AuroraError } from '../../errors.ts';
import { stored } from '../../paths.ts';
import { doer } from '../audit.ts';
import { available } from '../available.ts';
import { type IfMatch, requireUnchanged } from '../etag.ts';
import type { SignedInAsked } from '../route.ts';
import { change, conflict } from '../team/changes.ts';
import type { PackChange } from './manual-pack.ts';
import {
  type Deed,
  type ManualHead,
  type ManualVersion,
  type ManualView,
  viewManual,
} from './manual-record.ts';
import { deedOf, findManual } from './manual-store.ts';
import type { ManualsOptions } from './manuals-routes.ts';
import type { params } from './read-routes.ts';

/** A manual in the hands of somebody who does something with it. */
export interface Work {
  transaction: Transaction;
  head: ManualHead;
  version: ManualVersion;
  deed: Deed;
  timeZone: string;
  /** Of a version of the manual. */
  reference(version: number): DocumentReference;
}

/** What has become of it; `was` where it is another version than the newest. */
export interface Done {
  head: ManualHead;
  version: ManualVersion;
  was?: ManualVersion;
  /** Absent where the company's pack stays as it is. */
  pack?: PackChange;
}

type Asked = SignedInAsked<z.infer<typeof params>, unknown, unknown, z.infer<typeof IfMatch>>;

/** Makes the function with which something is done with a manual's newest version. */
export function manualWork({ firestore, audit, companies, now }: ManualsOptions) {
  /** One transaction, together with its entry in the audit log. */
  return async function work(
    asked: Asked,
    action: `manual.${string}`,
    act: (manual: Work) => Promise<Done>,
  ): Promise<{ view: ManualView; done: Done }> {
    const { companyId } = asked.principal;
    const target = asked.params.manual_id;
    const timeZone = (await available(companies.of(companyId))).time_zone;
    return change(firestore, async (transaction) => {
      const read = transaction.get.bind(transaction);
      const { head, version } = await findManual(firestore, read, companyId, target);
      requireUnchanged(asked.headers['if-match'], viewManual(target, head, version, timeZone));
      const deed = await deedOf(firestore, read, asked.principal, now());
      const reference = (each: number) =>
        firestore.doc(stored.manualVersion(companyId, target, each));
      const done = await act({ transaction, head, version, deed, timeZone, reference });
      const before = viewManual(target, head, done.was ?? version, timeZone);
      const view = viewManual(target, done.head, done.version, timeZone);
      const entry = { action, target, before, after: view } as const;
      audit.recordIn(transaction, { ...doer(asked), ...entry });
      return { view, done };
    });
  };
}

export function notNow({ version, status }: ManualVersion, rule: string): AuroraError {
  return conflict('wrong_status', `${rule}; version ${version} is ${status}.`);
}
