import { recognize } from '../floor/recognize.ts';
import { recognizeIntents } from './intents.ts';

const OVER = ['helpHere', 'falseAlarm', 'wrongNumber', 'prank', 'safe'] as const;

/**
 * What a caller's words, or the key that stands in their place, say of where they are: that it is
 * over, that it is not, or nothing of either.
 */
export function toldState(text: string): 'over' | 'danger' | undefined {
  if (/\bPressed 1: /.test(text)) return 'danger';
  if (/\bPressed 2: /.test(text)) return 'over';
  if (recognize(text).urgency !== 'NORMAL') return 'danger';
  const intents = recognizeIntents(text);
  return OVER.some((intent) => intents.has(intent)) ? 'over' : undefined;
}
