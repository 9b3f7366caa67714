import type { Firestore } from 'firebase-admin/firestore';
import { z } from 'zod';
import { AuroraError } from '../../../errors.ts';
import { internal } from '../../answer-error.ts';
import { type Audit, doer } from '../../audit.ts';
import { recorded } from '../../calls/record-events.ts';
import { type Route, route } from '../../route.ts';
import { conflict } from '../changes.ts';
import { type Applied, applyRows, BrokenOff } from './apply.ts';
import { readNumbers } from './cells.ts';
import { COLUMNS } from './columns.ts';
import { readDirectory, readWorkers } from './company-records.ts';
import { faultyFile, type PreviewRow, previewOf, type Totals, totalsOf } from './preview.ts';
import { LARGEST_FILE, readTable } from './table.ts';

/** The file within JSON, where quotation marks and line ends take two bytes. */
const LARGEST_BODY = 2 * LARGEST_FILE + 1_000;

const Column = z.enum(COLUMNS);
const Written = z.object({
  name: z.string(),
  mobile_no: z.string(),
  site: z.string(),
  language: z.string(),
  supervisor: z.string(),
});

const Row = z.object({
  line: z.number().int().meta({ description: 'Of the file, the first being 1.' }),
  outcome: z.enum(['create', 'change', 'unchanged', 'faulty']),
  worker_id: z.string().nullable().meta({ description: 'Whom it changes; null for a new one.' }),
  values: Written.meta({ description: 'As it will be; of a faulty row, as it is written.' }),
  changes: z.array(z.object({ field: Column, before: z.string(), after: z.string() })),
  faults: z.array(
    z.object({ field: z.enum([...COLUMNS, 'row']), code: z.string(), message: z.string() }),
  ),
});

const Count = z.number().int();
const Imported = z
  .object({
    totals: z.object({
      rows: Count,
      create: Count,
      change: Count,
      unchanged: Count,
      faulty: Count,
    }),
    ignored_columns: z
      .array(z.string())
      .meta({ description: 'Columns of the file that mean nothing here.' }),
    rows: z.array(Row).meta({ description: 'In the order of the file; only with dry_run.' }),
    faulty_csv: z
      .string()
      .nullable()
      .meta({ description: 'The faulty rows as a file to mend, with dry_run.' }),
    applied: z
      .object({
        created: Count,
        changed: Count,
        unchanged: Count,
        complete: z
          .boolean()
          .meta({ description: 'When false, repeat the request: there is more.' }),
      })
      .nullable()
      .meta({ description: 'What this request has stored; null with dry_run.' }),
  })
  .meta({ id: 'WorkersImport' });
export type WorkersImport = z.infer<typeof Imported>;

export interface ImportOptions {
  firestore: Firestore;
  audit: Audit;
  /** ISO 3166 country of numbers without a country code; absent: they are refused. */
  defaultCountry?: string | undefined;
  /** Epoch milliseconds. */
  now: () => number;
}

/** Many workers at once, from a file of a spreadsheet. */
export function importRoute({ firestore, audit, defaultCountry, now }: ImportOptions): Route {
  return route({
    method: 'POST',
    path: '/api/workers/import',
    summary: 'Add and change workers from a CSV file; with dry_run only tell what it would do',
    tag: 'Workers',
    access: 'company_admin',
    largestBody: LARGEST_BODY,
    body: z.strictObject({
      csv: z.string().meta({
        description:
          'Up to 5,000 rows and 1 MB, with the columns name, mobile_no and, if wanted, site, language, supervisor. Workers are found by their number. An empty cell empties the field; a column that is absent leaves it.',
      }),
      dry_run: z.boolean(),
      skip_faulty: z
        .boolean()
        .default(false)
        .meta({ description: 'Store the other rows although some are faulty.' }),
    }),
    answers: {
      200: {
        description: 'What the file would do, or what was stored of it. Repeating does no harm.',
        schema: Imported,
      },
    },
    async handle(asked) {
      const { companyId } = asked.principal;
      const { csv, dry_run, skip_faulty } = asked.body;
      const table = await readTable(csv);
      const [directory, workers] = await Promise.all([
        readDirectory(firestore, companyId),
        readWorkers(firestore, companyId),
      ]);
      const reading = { directory, numberOf: readNumbers(defaultCountry) };
      const rows = previewOf(table.rows, workers, reading);
      const totals = totalsOf(rows);
      const preview = { totals, ignored_columns: table.ignored };
      if (dry_run) {
        const faulty_csv = faultyFile(rows);
        return { body: { ...preview, rows: rows.map(viewRow), faulty_csv, applied: null } };
      }
      if (totals.faulty > 0 && !skip_faulty) throw faultyRows(totals);

      const note = (applied: Applied) =>
        recorded(audit, {
          ...doer(asked),
          action: 'workers.imported',
          target: companyId,
          after: { ...applied, rows: totals.rows, faulty: totals.faulty },
        });
      const applied = await applyRows(rows, {
        ...reading,
        firestore,
        audit,
        doer: doer(asked),
        now,
      }).catch(async (thrown: unknown) => {
        if (!(thrown instanceof BrokenOff)) throw thrown;
        await note(thrown.applied).catch(() => undefined);
        throw brokenOff(thrown);
      });
      await note(applied);
      return { body: { ...preview, rows: [], faulty_csv: null, applied } };
    },
  });
}

function viewRow({ line, outcome, known, values, changes, faults }: PreviewRow) {
  return { line, outcome, worker_id: known?.id ?? null, values, changes, faults };
}

function faultyRows(totals: Totals): AuroraError {
  return conflict(
    'faulty_rows',
    `Nothing was stored: ${totals.faulty} of ${totals.rows} rows are faulty. Mend them, or send skip_faulty to store the others.`,
  );
}

/** Says how far it came; the code is that of what went wrong. */
function brokenOff({ applied, cause }: BrokenOff): AuroraError {
  const { status, code, message } = cause instanceof AuroraError ? cause : internal(cause);
  const { created, changed } = applied;
  return new AuroraError(
    status,
    code,
    `The import broke off: ${created} workers were added and ${changed} changed. Repeat it, and it goes on from there. ${message}`,
    { cause, details: { applied } },
  );
}
