import { promisesHelp } from '../languages/promises.ts';
import type { Passage } from '../manual/passages.ts';
import { step } from './cards.ts';
import { compose, type Piece } from './pieces.ts';
import { beside, type Draft, type Turn } from './turn.ts';
import { withNumber } from './wording.ts';

/** Aurora's last words again, as they were; without them the last step, or the greeting. */
export function repeated(turn: Turn): Draft {
  const { memory, situation } = turn;
  const again = memory.last === undefined || promisesHelp(memory.last) ? undefined : memory.last;
  const pieces = again === undefined ? [lastStep(turn)] : piecesOf(turn, again);
  const leads = [turn.own('slower').text, turn.own('here').text];
  if (pieces.length > 1 && leads.includes(pieces[0]?.text ?? '')) pieces.shift();
  const asks = pieces.map(
    (piece, at): Piece =>
      at === pieces.length - 1 && situation.question !== undefined
        ? { ...piece, question: situation.question }
        : piece,
  );
  return {
    ...beside(turn, 'NORMAL', 'dialogue', asks),
    ...(turn.asked ? { asked: turn.asked.id } : {}),
    settled: true,
  };
}

/** From now on slowly, and one step at a time; the last one again. */
export function slower(turn: Turn): Draft {
  const pieces = compose([turn.own('slower'), lastStep(turn)]);
  return { ...beside(turn, 'NORMAL', 'dialogue', pieces), slow: true, settled: true };
}

function lastStep(turn: Turn): Piece {
  const { current } = turn;
  return current ? step(turn, current, Math.max(turn.step, 0)) : turn.varied('greeting');
}

/** What was said, parted into the passages that are in it and the words around them. */
function piecesOf({ pack, situation, wording }: Turn, said: string): Piece[] {
  const found = pack.passages
    .map((passage) => ({ passage, text: withNumber(passage.text, situation.emergency_number) }))
    .map(({ passage, text }) => ({ passage, text, at: said.indexOf(text) }))
    .filter(({ at }) => at >= 0)
    .sort((one, other) => one.at - other.at || other.text.length - one.text.length);
  const pieces: Piece[] = [];
  let end = 0;
  for (const { passage, text, at } of found) {
    if (at < end) continue;
    around(said.slice(end, at));
    pieces.push(spokenAgain(passage));
    end = at + text.length;
  }
  around(said.slice(end));
  return pieces;

  function around(text: string): void {
    if (text.trim() !== '') pieces.push({ text: text.trim(), language: wording.language });
  }
}

function spokenAgain(passage: Passage): Piece {
  return { text: passage.text, language: passage.language, passage };
}
