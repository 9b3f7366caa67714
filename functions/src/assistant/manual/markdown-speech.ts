import { lexer, type Token, type Tokens } from 'marked';
import type { Line, Problem } from './head.ts';

/** What stands under one heading, as sentences that can be spoken. */
export interface Section {
  /** Empty above the first heading. */
  heading: Line;
  sentences: Line[];
}

/**
 * Reduces Markdown to plain speech: emphasis and links to their words, lists to sentences, a table to
 * one sentence for each row. What can't be spoken (images, HTML, code, bare addresses) is a problem
 * that says what to write instead. Loaded where manuals are uploaded, and not where calls are taken.
 */
export function markdownSpeech(
  lines: readonly Line[],
  language: string,
): { sections: Section[]; problems: Problem[] } {
  const sentenceBreaks = new Intl.Segmenter(language, { granularity: 'sentence' });
  const problems: Problem[] = [];
  let section: Section = { heading: { text: '', line: lines[0]?.line ?? 1 }, sentences: [] };
  const sections = [section];
  const inside = (token: Tokens.Generic, line: number) => readBlocks(token.tokens ?? [], line);
  const words = (token: Tokens.Generic, line: number) =>
    say(token.tokens ? inline(token.tokens, line) : token.text, line);
  const nothing = () => {};
  /** By what marked calls a block. */
  const blocks: Record<string, (token: Tokens.Generic, line: number) => void> = {
    heading: begin,
    paragraph: words,
    text: words,
    blockquote: inside,
    list: (token, line) => readBlocks((token as Tokens.List).items, line),
    list_item: inside,
    table: (token, line) => readTable(token as Tokens.Table, line),
    html: (token, line) => refuseHtml(token.raw, line),
    code: (_, line) => refuse(line, 'Code, or a block that is indented, cannot be spoken.'),
    space: nothing,
    hr: nothing,
    def: nothing,
    checkbox: nothing,
  };
  readBlocks(lexer(lines.map(({ text }) => text).join('\n')), lines[0]?.line ?? 1);
  return { sections, problems };

  function readBlocks(tokens: readonly Token[], firstLine: number): void {
    let line = firstLine;
    for (const token of tokens) {
      // A list that follows another begins with the line break between them.
      const begins = line + countBreaks(/^\n*/.exec(token.raw)?.[0] ?? '');
      readBlock(token, begins);
      line += countBreaks(token.raw);
    }
  }

  function readBlock(token: Token, line: number): void {
    const read = blocks[token.type];
    if (read) read(token, line);
    else refuse(line, `This cannot be spoken (${token.type}). Write it as plain sentences.`);
  }

  function begin(token: Tokens.Generic, line: number): void {
    section = { heading: { text: inline(token.tokens, line), line }, sentences: [] };
    sections.push(section);
  }

  function readTable({ header, rows }: Tokens.Table, line: number): void {
    const names = header.map(({ tokens }) => inline(tokens, line));
    for (const [at, row] of rows.entries()) {
      const cells = row.map(({ tokens }, column) => {
        const cell = inline(tokens, line + 2 + at);
        return cell && names[column] ? `${names[column]}: ${cell}` : cell;
      });
      say(cells.filter((cell) => cell !== '').join(', '), line + 2 + at);
    }
  }

  function say(text: string, line: number): void {
    const plain = text.replace(/\s+/g, ' ').trim();
    if (plain === '') return;
    const ended = /[.!?:।。]["'”’)]?$/.test(plain) ? plain : `${plain}.`;
    for (const { segment } of sentenceBreaks.segment(ended)) {
      section.sentences.push({ text: segment.trim(), line });
    }
  }

  function inline(tokens: readonly Token[] | undefined, line: number): string {
    return (tokens ?? []).map((token) => word(token, line)).join('');
  }

  function word(token: Token, line: number): string {
    switch (token.type) {
      case 'text':
      case 'escape':
      case 'codespan':
        if (/&(#\d+|#x[0-9a-f]+|[a-z]+\d*);/i.test(token.text)) {
          refuse(line, 'Write the sign itself in the place of an HTML entity.');
        }
        return token.text;
      case 'strong':
      case 'em':
      case 'del':
        return inline(token.tokens, line);
      case 'link':
        if (/^(https?:|www\.|mailto:)|@/i.test(token.text)) {
          refuse(line, 'An address cannot be spoken. Say in words where to look.');
        }
        return inline(token.tokens, line);
      case 'image':
        refuse(line, 'A picture cannot be spoken. Say in words what it shows.');
        return '';
      case 'html':
        refuseHtml(token.raw, line);
        return '';
      case 'br':
        return ' ';
      case 'checkbox':
        return '';
      default:
        refuse(line, `This cannot be spoken (${token.type}). Write it as plain sentences.`);
        return '';
    }
  }

  /** A comment is a note to whoever writes on, and is left out. */
  function refuseHtml(raw: string, line: number): void {
    if (/^\s*<!--[\s\S]*-->\s*$/.test(raw)) return;
    refuse(line, 'HTML cannot be spoken. Write it as plain sentences.');
  }

  function refuse(line: number, message: string): void {
    problems.push({ line, message });
  }
}

function countBreaks(text: string): number {
  return text.split('\n').length - 1;
}
