import type { Message } from '../../calls/model.ts';
import type { Reply, Situation } from '../assistant.ts';
import type { Procedure } from '../manual/manual.ts';
import { compose, countWords, VARIANTS, WORDING, withNumber } from './wording.ts';

/** How far back Aurora looks for what it has said already. */
const REMEMBERED = 40;

/** Two steps are spoken together up to this many words. */
const WORDS_TOGETHER = 36;

export type Part = Pick<Reply, 'reply' | 'sources' | 'hazard' | 'step'>;

/** Reads a procedure to a caller: begins it, goes on with it, and never says a step twice. */
export function createCardReader(
  conversation: readonly Message[],
  { emergency_number: number }: Situation,
): {
  begin(procedure: Procedure, before?: string): Part;
  goOn(procedure: Procedure, step: number, before?: string): Part;
  /** The first variant that was not Aurora's last message. */
  vary(variants: readonly string[]): string;
  said(text: string): boolean;
} {
  const spoken = conversation
    .slice(-REMEMBERED)
    .filter(({ role }) => role === 'assistant')
    .map(({ content }) => content);

  return { begin, goOn, vary, said };

  function begin(procedure: Procedure, before = ''): Part {
    const [first, second = ''] = procedure.steps;
    const trying = said(WORDING.marked);
    return part(
      procedure,
      procedure.steps.length > 1 ? 1 : 0,
      compose(
        [before, first, second],
        [trying || procedure.urgency !== 'CRITICAL' ? '' : WORDING.marked, procedure.questions[0]],
      ),
    );
  }

  function goOn(procedure: Procedure, step: number, before = ''): Part {
    const { steps } = procedure;
    const next = steps.findIndex((text, index) => index > step && !said(text));
    if (next < 0) return part(procedure, steps.length - 1, compose([before, vary(VARIANTS.end)]));
    const following = steps[next + 1];
    const together =
      following !== undefined &&
      !said(following) &&
      countWords(`${steps[next]} ${following}`) <= WORDS_TOGETHER;
    const question = procedure.questions.find((text) => !said(text)) ?? '';
    return part(
      procedure,
      together ? next + 1 : next,
      compose([before, steps[next] ?? '', together ? following : ''], [question]),
    );
  }

  function vary(variants: readonly string[]): string {
    const last = spoken.at(-1) ?? '';
    const at = variants.findIndex((variant) => last.includes(withNumber(variant, number)));
    return variants[(at + 1) % variants.length] ?? '';
  }

  function said(text: string): boolean {
    return spoken.some((content) => content.includes(withNumber(text, number)));
  }

  function part(procedure: Procedure, step: number, text: string): Part {
    return {
      reply: withNumber(text, number),
      sources: procedure.title,
      hazard: procedure.id,
      step,
    };
  }
}
