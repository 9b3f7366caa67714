import type { Firestore } from '@google-cloud/firestore';
import { describe, expect, it } from 'vitest';
import { useFirestore } from '../../archive/archive.fixture.ts';
import type { Log } from '../../log.ts';
import { stored } from '../../paths.ts';
import { compile, contentOf } from './compiled.ts';
import { readDocument } from './document.ts';
import { embeddedPack } from './embedded-pack.ts';
import { createPacks } from './live-packs.ts';

const emptyFirestore = useFirestore();
const embedded = embeddedPack();
const hazards = new Set(embedded.procedures.keys());

const SECOND = 1_000;
const PATIENT = 10_000;

const GUIDE = `---
id: site-guide
title: Site guide
source: Us
---

The canteen is behind gate two.
`;

function card(language: string, first = 'Leave the hall now.'): string {
  const head = `id: fire\ntitle: Fire here\nspoken: fire\nurgency: CRITICAL\ndanger_to_helpers: yes\nlanguage: ${language}\nsource: Us`;
  const steps = `## Steps\n\n1. ${first}\n2. Call {emergency_number} now.\n`;
  return `---\n${head}\n---\n\n${steps}\n## Ask\n\n- Where?\n\n## Never\n\n- Never use the lift.\n`;
}

/** Puts a company's pack there, as a publication does. */
async function publish(firestore: Firestore, company: string, version: number, ...texts: string[]) {
  const manuals = await Promise.all(
    texts.map(async (text) => {
      const { document } = readDocument(text, { version, hazards });
      if (!document) throw new Error('The test’s manual cannot be spoken.');
      const { id, language } = document.kind === 'card' ? document.card : document.guide;
      const content = contentOf(compile(document, 'Meera Rao, safety officer, 2026-01-05'));
      const manualId = `${id}.${language}`;
      await firestore.doc(stored.manualContent(company, manualId, version)).set(content);
      return { id: manualId, version, hash: content.hash, size: content.json.length };
    }),
  );
  await firestore.doc(stored.manualPack(company)).set({ version, manuals });
}

/** Instances over one Firestore and one clock. */
function world() {
  const firestore = emptyFirestore();
  let time = 1_000_000_000;
  return {
    firestore,
    pass(milliseconds: number): void {
      time += milliseconds;
    },
    instance(options: { mostCharacters?: number } = {}) {
      const told: string[] = [];
      const note = (severity: string) => () => void told.push(severity);
      const log: Log = {
        info: note('info'),
        warn: note('warn'),
        error: note('error'),
        alert: note('alert'),
      };
      let answer = async () => firestore;
      let asked = 0;
      const packs = createPacks({
        firestore: () => {
          asked++;
          return answer();
        },
        embedded,
        now: () => time,
        log,
        ...options,
      });
      return {
        ...packs,
        told,
        asked: () => asked,
        /** How Firestore is reached from now on. */
        reach(how: () => Promise<Firestore>): void {
          answer = how;
        },
        brought: (company: string) => packs.refresh(company, PATIENT),
      };
    },
  };
}

const unreachable = async () => {
  throw new Error('Firestore is away.');
};

describe('the pack of a company', () => {
  it('is its guides, its cards, and the embedded cards for all else', async () => {
    const { firestore, instance } = world();
    await publish(firestore, 'steel', 7, GUIDE, card('en'));
    const { of, brought } = instance();
    await brought('steel');
    const pack = of('steel');
    expect(pack).toMatchObject({ version: 'steel@7', atHand: true });
    expect(pack.procedures.get('fire')?.steps[0]).toBe('Leave the hall now.');
    expect(pack.procedures.get('spill')).toBe(embedded.procedures.get('spill'));
    expect(pack.procedures.size).toBe(embedded.procedures.size);
    const fire = pack.passages.filter(({ document }) => document === 'fire');
    expect(fire.map(({ id }) => id)).toEqual(['fire#step-1', 'fire#step-2', 'fire#never-1']);
    const ids = pack.passages.map(({ id }) => id);
    expect(ids).toContain('site-guide#1');
    expect(ids).toContain('spill#step-1');
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has a card in another language beside the English one that it goes with', async () => {
    const { firestore, instance } = world();
    await publish(firestore, 'steel', 1, card('en'), card('hi', 'अभी बाहर जाएँ।'));
    await publish(firestore, 'paper', 1, card('hi', 'अभी बाहर जाएँ।'));
    const { of, brought } = instance();
    await Promise.all(['steel', 'paper'].map(brought));
    expect(of('steel').translations.get('fire')?.get('hi')?.steps[0]).toBe('अभी बाहर जाएँ।');
    expect(of('steel').passages.map(({ id }) => id)).toContain('fire#hi-step-1');
    // The embedded card has other steps: a call must not go on in the middle of a different one.
    expect(of('paper').translations.get('fire')).toBeUndefined();
    expect(of('paper').passages.map(({ id }) => id)).not.toContain('fire#hi-step-1');
  });

  it('is one object until something changes, so that an index of it can be kept', async () => {
    const { firestore, instance, pass } = world();
    await publish(firestore, 'steel', 1, GUIDE);
    const { of, brought } = instance();
    await brought('steel');
    const first = of('steel');
    pass(30 * SECOND);
    await brought('steel');
    expect(of('steel')).toBe(first);
    await publish(firestore, 'steel', 2, GUIDE, card('en'));
    pass(30 * SECOND);
    await brought('steel');
    expect(of('steel').version).toBe('steel@2');
  });

  it('is not at hand while nothing is known, and the embedded one where there is none', async () => {
    const { instance } = world();
    const { of, brought } = instance();
    expect(of('steel')).toEqual({ ...embedded, atHand: false });
    await brought('steel');
    expect(of('steel')).toBe(embedded);
    expect(of(undefined)).toBe(embedded);
  });

  it('is no other company’s (I6)', async () => {
    const { firestore, instance } = world();
    await publish(firestore, 'steel', 1, GUIDE);
    const { of, brought } = instance();
    await Promise.all(['steel', 'paper'].map(brought));
    expect(of('paper')).toBe(embedded);
  });

  it('is asked for at most every 20 s, and never waited for longer than told', async () => {
    const { instance, pass } = world();
    const { refresh, asked, reach, of } = instance();
    await refresh('steel', PATIENT);
    pass(19 * SECOND);
    await refresh('steel', PATIENT);
    expect(asked()).toBe(1);
    pass(1 * SECOND);
    reach(() => new Promise(() => {}));
    await refresh('steel', 0);
    await refresh('steel', 20);
    expect(asked()).toBe(2);
    expect(of('steel')).toBe(embedded);
  });

  it('is loaded before it is needed, for all that have a number', async () => {
    const { firestore, instance } = world();
    await publish(firestore, 'steel', 1, GUIDE);
    const { of, warm } = instance();
    await warm(['steel', 'paper', 'steel'], PATIENT);
    expect(of('steel').version).toBe('steel@1');
    expect(of('paper')).toBe(embedded);
  });
});

describe('a withdrawal', () => {
  it('reaches every instance within a minute, one that is not told too', async () => {
    const { firestore, instance, pass } = world();
    await publish(firestore, 'steel', 1, GUIDE, card('en'));
    const [busy, idle] = [instance(), instance()];
    await Promise.all([busy.brought('steel'), idle.brought('steel')]);
    await publish(firestore, 'steel', 2, GUIDE);
    pass(20 * SECOND);
    await busy.brought('steel');
    expect(busy.of('steel').procedures.get('fire')).toBe(embedded.procedures.get('fire'));
    expect(busy.of('steel').version).toBe('steel@2');
    expect(idle.of('steel').version).toBe('steel@1');
    pass(35 * SECOND);
    expect(idle.of('steel')).toEqual({ ...embedded, atHand: false });
  });

  it('of everything leaves the embedded cards, which are all there is', async () => {
    const { firestore, instance, pass } = world();
    await publish(firestore, 'steel', 1, GUIDE);
    const { of, brought } = instance();
    await brought('steel');
    await publish(firestore, 'steel', 2);
    pass(20 * SECOND);
    await brought('steel');
    expect(of('steel')).toBe(embedded);
  });

  it('is not undone by a reading that began before the instance slept', async () => {
    const { firestore, instance, pass } = world();
    await publish(firestore, 'steel', 1, GUIDE);
    const { of, refresh, brought, reach } = instance();
    const wake = Promise.withResolvers<Firestore>();
    reach(() => wake.promise);
    const sleeping = refresh('steel', PATIENT);
    pass(60 * SECOND);
    reach(async () => firestore);
    wake.resolve(firestore);
    await sleeping;
    expect(of('steel').atHand).toBe(false);
    await brought('steel');
    expect(of('steel').version).toBe('steel@1');
  });
});

describe('while Firestore is away', () => {
  it('a pack is spoken from for less than a minute, and again when it is back', async () => {
    const { firestore, instance, pass } = world();
    await publish(firestore, 'steel', 1, GUIDE);
    const { of, brought, reach, told } = instance();
    await brought('steel');
    reach(unreachable);
    pass(40 * SECOND);
    await brought('steel');
    expect(of('steel').version).toBe('steel@1');
    pass(15 * SECOND);
    await brought('steel');
    expect(of('steel')).toEqual({ ...embedded, atHand: false });
    expect(told).toEqual(['warn', 'warn']);
    reach(async () => firestore);
    pass(1 * SECOND);
    await brought('steel');
    expect(of('steel').version).toBe('steel@1');
  });

  it('a company without manuals of its own is answered as before', async () => {
    const { instance, pass } = world();
    const { of, brought, reach } = instance();
    await brought('steel');
    reach(unreachable);
    pass(3_600 * SECOND);
    await brought('steel');
    expect(of('steel')).toBe(embedded);
  });

  it('a reading that hangs does not keep the next one from being made', async () => {
    const { firestore, instance, pass } = world();
    await publish(firestore, 'steel', 1, GUIDE);
    const { of, refresh, brought, reach } = instance();
    reach(() => new Promise(() => {}));
    await refresh('steel', 10);
    reach(async () => firestore);
    pass(6 * SECOND);
    await brought('steel');
    expect(of('steel').version).toBe('steel@1');
  });
});

describe('a malformed pack', () => {
  it.each([
    ['a list of other form', stored.manualPack('steel'), { version: 1, manuals: [{ id: '..' }] }],
    ['content that is gone', stored.manualContent('steel', 'fire.en', 1), {}],
    [
      'content that somebody changed',
      stored.manualContent('steel', 'fire.en', 1),
      { json: '{"kind":"guide","passages":[]}', hash: '0123456789ab' },
    ],
  ])('(%s) is kept out, and somebody is told once', async (_, path, fields) => {
    const { firestore, instance, pass } = world();
    await publish(firestore, 'steel', 1, GUIDE, card('en'));
    await firestore.doc(path).set(fields);
    const { of, brought, told } = instance();
    await brought('steel');
    expect(of('steel')).toEqual({ ...embedded, atHand: false });
    pass(20 * SECOND);
    await brought('steel');
    expect(told).toEqual(['alert']);
    await publish(firestore, 'steel', 2, GUIDE, card('en'));
    pass(20 * SECOND);
    await brought('steel');
    expect(of('steel').version).toBe('steel@2');
  });
});

describe('memory', () => {
  it('is bounded: the packs that were not used for the longest time go first', async () => {
    const { firestore, instance } = world();
    for (const company of ['a', 'b', 'c']) await publish(firestore, company, 1, card('en'));
    const { json } = (
      await firestore.doc(stored.manualContent('a', 'fire.en', 1)).get()
    ).data() as { json: string };
    const { of, brought } = instance({ mostCharacters: 2 * json.length });
    await brought('none');
    await brought('a');
    await brought('b');
    of('a');
    await brought('c');
    expect(['a', 'b', 'c'].map((company) => of(company).version)).toEqual([
      'a@1',
      embedded.version,
      'c@1',
    ]);
    expect(of('b').atHand).toBe(false);
    expect(of('none')).toBe(embedded);
    await brought('b');
    expect(of('b').version).toBe('b@1');
  });
});
