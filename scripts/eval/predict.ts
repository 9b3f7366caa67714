import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { RowsError, readAsked } from '../../functions/eval/rows.ts';
import type { Reply } from '../../functions/src/assistant/assistant.ts';
import { asError } from '../../functions/src/errors.ts';
import type { Caller } from './caller.ts';

/** What a caller gets whose first words are the row's text. */
export interface Prediction {
  id: string | number;
  label: Reply['urgency'];
  /** The card that is read, else the one that the answer comes from. */
  procedure: string | null;
  sources: string;
  reply: string;
  /** Milliseconds that the answer took. */
  ms: number;
}

/**
 * Writes the answers to the rows of one file into another, in their order, whole or not at all.
 * @returns how many
 * @throws {RowsError} for a row that can't be read, or a file that can't be written
 */
export async function predict(caller: Pick<Caller, 'ask'>, from: string, to: string) {
  const rows = readAsked(from);
  const predictions: Prediction[] = [];
  for (const { id, text } of rows) {
    const begun = performance.now();
    const reply = await caller.ask(text);
    const ms = Math.round((performance.now() - begun) * 1_000) / 1_000;
    predictions.push({ id, ...answerOf(reply), ms });
  }
  writeWhole(to, predictions.map((prediction) => `${JSON.stringify(prediction)}\n`).join(''));
  return predictions.length;
}

function answerOf({ urgency, hazard, sources, reply, grounding }: Reply) {
  const [document] = (grounding?.passages ?? []).map(({ id }) => id.slice(0, id.indexOf('#')));
  return { label: urgency, procedure: hazard ?? document ?? null, sources, reply };
}

function writeWhole(file: string, text: string): void {
  const part = `${file}.${process.pid}.part`;
  try {
    writeFileSync(part, text);
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw new RowsError(`${file} can't be written: ${asError(error).message}`);
  }
}
