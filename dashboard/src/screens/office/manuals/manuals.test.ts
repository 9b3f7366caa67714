import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../api/ask.ts';
import type { Manual, ManualVersion, UnansweredView } from '../../../api/types.ts';
import { together } from './asked.ts';
import { diffLines } from './diff-lines.ts';
import { readExamples, withExample } from './examples.ts';
import { authorsOf, filtered } from './filtering.ts';
import { lineAt, lineIn, problemsOf } from './problems.ts';
import { readText } from './read-file.ts';
import { lastMoment, obstacleToApproval, standingOf } from './standing.ts';
import {
  CARD_TEMPLATE,
  GUIDE_TEMPLATE,
  guideAbout,
  headingOf,
  manualIdIn,
  ownFrom,
  withQuestion,
} from './templates.ts';
import { manualOf, usageOf } from './usage.ts';

const deed = (id: string, at = '2026-11-20T10:00:00+05:30') =>
  ({ id, name: `Name of ${id}`, role: 'supervisor', at }) as const;

function manual(fields: Partial<Manual> = {}): Manual {
  return {
    id: 'site-guide.en',
    document: 'site-guide',
    language: 'en',
    published_version: null,
    version: 1,
    status: 'draft',
    kind: 'guide',
    title: 'Site guide',
    source: 'Safety board',
    hash: '0123456789ab',
    passages: 2,
    authors: [deed('asha')],
    submitted: null,
    approved: null,
    published: null,
    withdrawn: null,
    ...fields,
  };
}

describe('where a version stands', () => {
  it('is the API’s word for it, but of a draft that is ready that it waits', () => {
    expect(standingOf(manual())).toBe('draft');
    expect(standingOf(manual({ submitted: deed('asha') }))).toBe('waiting');
    expect(standingOf(manual({ status: 'approved', submitted: deed('asha') }))).toBe('approved');
  });

  it('is approved by a supervisor who has written none of it, and by nobody else', () => {
    const draft = manual({ authors: [deed('asha'), deed('ravi')] });
    const by = (id: string, role: 'viewer' | 'supervisor' | 'company_admin') =>
      obstacleToApproval(draft, { id, role });
    expect(by('meera', 'supervisor')).toBeUndefined();
    expect(by('meera', 'company_admin')).toBeUndefined();
    expect(by('meera', 'viewer')).toBe('viewer');
    expect(by('ravi', 'company_admin')).toBe('own');
    const approved = manual({ status: 'approved' });
    expect(obstacleToApproval(approved, { id: 'meera', role: 'supervisor' })).toBe('no_draft');
  });

  it('is from the moment of the last deed, in whatever zone it is told', () => {
    const late: Partial<ManualVersion> = {
      authors: [deed('asha', '2026-11-20T10:00:00+05:30')],
      approved: deed('meera', '2026-11-20T06:00:00+00:00'),
    };
    expect(lastMoment(manual(late))).toBe('2026-11-20T06:00:00+00:00');
  });
});

describe('the list', () => {
  const all = [
    manual(),
    manual({ id: 'fire.hi', kind: 'card', language: 'hi', title: 'आग', authors: [deed('ravi')] }),
    manual({ id: 'lock-out.en', title: 'Lock-out', status: 'published' }),
  ];
  const ids = (search: Parameters<typeof filtered>[1]) => filtered(all, search).map(({ id }) => id);
  const nothing = {} as Parameters<typeof filtered>[1];

  it('shows what all filters let through', () => {
    expect(ids(nothing)).toHaveLength(3);
    expect(ids({ ...nothing, q: 'GUIDE safety' })).toEqual(['site-guide.en']);
    expect(ids({ ...nothing, language: 'hi' })).toEqual(['fire.hi']);
    expect(ids({ ...nothing, state: 'published' })).toEqual(['lock-out.en']);
    expect(ids({ ...nothing, kind: 'card', author: 'asha' })).toEqual([]);
    expect(ids({ ...nothing, author: 'ravi' })).toEqual(['fire.hi']);
  });

  it('offers each author once', () => {
    expect(authorsOf(all).map(({ id }) => id)).toEqual(['asha', 'ravi']);
  });
});

describe('what was spoken', () => {
  it('is counted for the manual in which the passage stands', () => {
    expect(manualOf('fire#step-3')).toBe('fire.en');
    expect(manualOf('fire#hi-step-3')).toBe('fire.hi');
    expect(manualOf('site-guide#4')).toBe('site-guide.en');
    expect(manualOf('site-guide#hi-4')).toBe('site-guide.hi');
    const usage = usageOf([
      { passage_id: 'fire#step-1', times: 3 },
      { passage_id: 'fire#step-2', times: 2 },
      { passage_id: 'fire#hi-step-1', times: 1 },
    ]);
    expect(usage.ofManual).toEqual(
      new Map([
        ['fire.en', 5],
        ['fire.hi', 1],
      ]),
    );
    expect(usage.ofPassage.get('fire#step-2')).toBe(2);
  });
});

describe('what was asked', () => {
  it('stands there once for each question, however it was written', () => {
    const item = (question: string, call: string) =>
      ({ question, call_id: call }) as UnansweredView;
    const found = together([
      item('Which gloves?', 'three'),
      item('where is  the gate', 'two'),
      item('which gloves', 'one'),
    ]);
    expect(found.map(({ question }) => question)).toEqual(['Which gloves?', 'where is  the gate']);
    expect(found[0]?.times.map(({ call_id }) => call_id)).toEqual(['three', 'one']);
  });
});

describe('a comparison', () => {
  it('has each line with what became of it, and its number in both texts', () => {
    const diff = [
      'Index: x',
      '--- a',
      '+++ b',
      '@@ -4,3 +4,3 @@',
      ' same',
      '---- a line of dashes',
      '+new',
      ' end',
      '\\ No newline at end of file',
      '@@ -20 +20,2 @@',
      ' last',
      '+more',
    ].join('\n');
    const [first, second] = diffLines(diff);
    expect(first?.lines).toEqual([
      { kind: 'same', text: 'same', before: 4, after: 4 },
      { kind: 'removed', text: '--- a line of dashes', before: 5, after: undefined },
      { kind: 'added', text: 'new', before: undefined, after: 5 },
      { kind: 'same', text: 'end', before: 6, after: 6 },
    ]);
    expect(second?.lines.map(({ before, after }) => [before, after])).toEqual([
      [20, 20],
      [undefined, 21],
    ]);
  });

  it('of equal texts has no parts', () => {
    expect(diffLines('Index: x\n--- a\n+++ b\n')).toEqual([]);
  });
});

describe('a refused text', () => {
  it('names its lines, which are found in the text', () => {
    const error = new ApiError({
      status: 400,
      code: 'invalid_request',
      message: 'The manual cannot be spoken as it is.',
      details: {
        fields: [
          { path: 'text, line 3', message: 'A sentence is too long.' },
          { path: 'other', message: 'is unknown' },
          { path: 'text, line 3', message: 'A sentence is too long.' },
        ],
      },
    });
    expect(problemsOf(error)).toEqual([{ line: 3, message: 'A sentence is too long.' }]);
    expect(problemsOf(new Error('no'))).toEqual([]);
    const text = 'one\ntwo\n  three\nfour';
    const found = lineIn(text, 3);
    expect(found.text).toBe('three');
    expect(text.slice(found.from, found.to)).toBe('  three');
    expect(lineAt(text, found.from)).toBe(3);
    expect(lineIn(text, 9).text).toBe('');
  });
});

describe('what a text begins with', () => {
  it('has a head with an id', () => {
    expect(manualIdIn(GUIDE_TEMPLATE)).toBe('name-of-the-manual.en');
    expect(manualIdIn(CARD_TEMPLATE)).toBe('fire.en');
    expect(manualIdIn('---\nid: fire\nlanguage: hi\n---\n\nid: other\n')).toBe('fire.hi');
    expect(manualIdIn('id: fire')).toBeUndefined();
  });

  it('holds the caller’s question as a heading of at most twenty words, without signs', () => {
    expect(headingOf('  where is\nthe #1 <eye> wash? ')).toBe('where is the 1 eye wash?');
    expect(headingOf('word '.repeat(40)).split(' ')).toHaveLength(20);
    expect(guideAbout('where is $& the eye wash')).toContain('\n# where is $& the eye wash\n');
    expect(withQuestion('---\nid: a\n---\n\n# One\n\nText.\n\n\n', 'who?')).toBe(
      '---\nid: a\n---\n\n# One\n\nText.\n\n# who?\n\n',
    );
  });

  it('is a card that ships without the version and the reviewer that it had', () => {
    const shipped = '---\nid: fire\nversion: 2\nreviewed_by: nobody yet\n---\n\nversion: stays\n';
    expect(ownFrom(shipped)).toBe('---\nid: fire\n---\n\nversion: stays\n');
  });

  it('is read from a file, unless that is too large or no text', async () => {
    expect(await readText(new Blob(['one\r\ntwo']))).toEqual({ text: 'one\ntwo' });
    const noText = new Blob([new Uint8Array([0xff, 0xfe, 0])]);
    expect(await readText(noText)).toEqual({ refused: 'no_text' });
    expect(await readText(new Blob(['x'.repeat(200_001)]))).toEqual({ refused: 'large' });
  });
});

describe('examples', () => {
  it('are kept once each, the newest last, and at most thirty', () => {
    expect(withExample(['a', 'b'], ' a ')).toEqual(['b', 'a']);
    expect(withExample(['a'], '  ')).toEqual(['a']);
    const many = Array.from({ length: 30 }, (_, at) => `example ${at}`);
    expect(withExample(many, 'more')).toHaveLength(30);
    expect(withExample(many, 'more')).not.toContain('example 0');
  });

  it('that the browser has spoiled are none', () => {
    expect(readExamples('["a"]')).toEqual(['a']);
    expect(readExamples('{')).toEqual([]);
    expect(readExamples('[1]')).toEqual([]);
    expect(readExamples(null)).toEqual([]);
  });
});
