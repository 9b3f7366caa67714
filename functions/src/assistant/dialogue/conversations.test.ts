import { describe, expect, test } from 'vitest';
import { foldFacts } from '../../calls/facts.ts';
import type { Message, Urgency } from '../../calls/model.ts';
import { atLeast } from '../../calls/urgency.ts';
import type { Reply, Situation, Utterance } from '../assistant.ts';
import { loadManuals } from '../manual/manual.ts';
import { createEmbeddedAssistant } from './embedded.ts';

const assistant = createEmbeddedAssistant({ manuals: loadManuals() });

/** What the caller says (`#4` is a key, `~ words` are heard badly), and words of Aurora's reply. */
type Line = [caller: string, ...aurora: string[]];

interface Script {
  lines: Line[];
  /** How urgent the call is when it is over. */
  ends: Urgency;
}

const SCRIPTS: Record<string, Script> = {
  'a fire': {
    ends: 'CRITICAL',
    lines: [
      ["there's a fire in the paint shop", 'Get out now', 'call 112', 'fire, paint shop. Is that'],
      ['yes', 'Use the stairs', 'Is anybody still inside?'],
      ['two are still inside', 'Is anybody hurt?'],
      ['can I use the lift', 'No. Use the stairs'],
      ['the fire brigade is here', 'Good that they are there', 'stays open'],
      ['thank you', 'Press 1 if you are in danger'],
    ],
  },
  'somebody unconscious in a tank': {
    ends: 'CRITICAL',
    lines: [
      ['my mate is lying in the tank and won’t wake up', 'Do not go in', '112', 'Where exactly'],
      ['hall 3', 'hall 3. Is that right?'],
      ['yes', 'Keep talking to them', 'How many people are inside?'],
      ['can I go in with a mask', 'No. A mask gives no oxygen'],
      ['he is out now and he is not breathing', 'Push hard and fast'],
    ],
  },
  'a hand in a machine': {
    ends: 'CRITICAL',
    lines: [
      ["my colleague's hand is caught in the roller", 'Press the emergency stop', '112'],
      ['yes', 'Switch off the main power', 'Where exactly are you?'],
      ['line 2', 'line 2. Is that right?'],
      ['slower please', 'more slowly'],
      ['repeat that'],
    ],
  },
  'a chemical in the eyes': {
    ends: 'CRITICAL',
    lines: [
      ['acid splashed in my eyes', 'Rinse with running water now', 'Where exactly are you?'],
      ['I do not know', 'Rinse for at least twenty minutes', 'Which building, floor or gate'],
      ['how long do I have to rinse', 'At least twenty minutes under running water'],
    ],
  },
  'a smell of gas': {
    ends: 'CRITICAL',
    lines: [
      ['it smells of gas here', 'Leave now on foot', 'Where exactly are you?'],
      ['boiler room', 'gas leak, boiler room. Is that right?'],
      ['no', 'I am sorry. What has happened, and where exactly?'],
      ['compressor house', 'Thank you'],
      ['should I open the windows', 'leave doors open behind you'],
    ],
  },
  'panic and one word at a time': {
    ends: 'CRITICAL',
    lines: [
      ['he collapsed', 'are they breathing normally?', '112'],
      ['no', 'Push hard and fast', 'Where exactly are you?'],
      ['no', 'flat on their back'],
      ['yes', 'do not stop'],
    ],
  },
  'somebody who does not know whether he breathes': {
    ends: 'CRITICAL',
    lines: [
      ['she is unconscious', 'are they breathing normally?'],
      ["I don't know", 'Push hard and fast'],
    ],
  },
  'a plain question': {
    ends: 'NORMAL',
    lines: [
      [
        'where is the canteen',
        'I have no answer to that in the emergency manual',
        '9 for a person',
      ],
      ['no', 'Tell me in a few words'],
      ['how do I lock out a machine', 'put your own lock and tag on'],
      ['thank you', 'This line stays open'],
    ],
  },
  'a question without an answer, and danger after all': {
    ends: 'CRITICAL',
    lines: [
      ['what time does the bus leave', 'Is anybody hurt or in danger?'],
      ['yes', 'Move away from danger', '112', 'What is happening'],
    ],
  },
  'a drill': {
    ends: 'NORMAL',
    lines: [
      ['this is a drill, there is a fire in hall two', 'a drill or a test'],
      ['thanks', 'This line stays open'],
    ],
  },
  'a wrong number': {
    ends: 'NORMAL',
    lines: [['sorry, wrong number', 'you can hang up', 'press 1']],
  },
  'a prank': {
    ends: 'CRITICAL',
    lines: [
      ['the office is on fire', 'Get out now'],
      ['just kidding', 'keep this line free'],
    ],
  },
  'another language by key, and after two bad hearings': {
    ends: 'CRITICAL',
    lines: [
      ['~mumble', 'did not hear that well'],
      ['~mumble mumble', 'हिंदी में'],
      ['आग लग गई है', 'Get out now', 'सुपरवाइज़रों'],
      ['#4', 'en español'],
    ],
  },
  'a false alarm': {
    ends: 'CRITICAL',
    lines: [
      ['gas leak in the store', 'Leave now on foot'],
      ['it was a false alarm', 'I understand, a false alarm', 'press 1'],
    ],
  },
};

describe('a whole conversation:', () => {
  test.each(Object.entries(SCRIPTS))('%s', async (_name, { lines, ends }) => {
    const { replies, urgency } = await converse(lines.map(([caller]) => caller));
    for (const [at, [caller, ...expected]] of lines.entries()) {
      for (const words of expected) expect(replies[at]?.reply, caller).toContain(words);
    }
    expect(urgency).toBe(ends);
  });

  test.each(Object.entries(SCRIPTS))(
    '%s: no question is asked three times',
    async (_, { lines }) => {
      const { replies } = await converse(lines.map(([caller]) => caller));
      // Whoever changes the language is greeted in it, with a question of that greeting.
      const asked = replies.flatMap(({ question, language }) => (language ? [] : (question ?? [])));
      for (const question of ['where', 'hazard', 'injured', 'trapped']) {
        expect(asked.filter((each) => each === question).length, question).toBeLessThanOrEqual(2);
      }
      expect(asked.filter((each) => each === 'confirm').length).toBeLessThanOrEqual(1);
    },
  );
});

describe('where the manual of the site is not at hand', () => {
  test('the caller hears so once, beside an instruction', async () => {
    const { embeddedPack } = await import('../manual/embedded-pack.ts');
    const away = createEmbeddedAssistant({ pack: { ...embeddedPack(), atHand: false } });
    const { replies } = await converse(['hello', 'there is a fire', 'ok', 'ok'], away);
    const told = replies.map(({ reply }) => reply.includes("I do not have your site's own manual"));
    expect(told).toEqual([false, true, false, false]);
  });
});

async function converse(callers: readonly string[], aurora = assistant) {
  const conversation: Message[] = [];
  const replies: Reply[] = [];
  let situation: Situation = {
    urgency: 'NORMAL',
    emergency_number: '112',
    language: 'en-IN',
    languages: ['en-IN', 'hi-IN', 'es-MX'],
  };
  for (const [at, caller] of callers.entries()) {
    const stamp = { turn: at + 1, at: '2026-01-05T10:00:00+05:30' };
    const utterance = utteranceOf(caller);
    const reply = await aurora.reply(conversation, utterance, situation, { stamp });
    replies.push(reply);
    conversation.push(message('user', caller), message('assistant', reply.reply));
    situation = next(situation, reply);
  }
  return { replies, urgency: situation.urgency };
}

function utteranceOf(caller: string): Utterance {
  const key = /^#([0-9])$/.exec(caller)?.[1] as Utterance['key'];
  if (key) return { text: '', key };
  if (caller.startsWith('~')) return { text: caller.slice(1), confidence: 0.2 };
  return { text: caller, confidence: 0.9 };
}

function next(before: Situation, reply: Reply): Situation {
  const { hazard, step, asked, question, facts, language = before.language } = reply;
  const { emergency_number, languages } = before;
  const known = facts ? foldFacts(before.facts, facts) : before.facts;
  return {
    emergency_number,
    urgency: atLeast(before.urgency, reply.urgency),
    badly_heard: reply.badly_heard ?? 0,
    confirmed: reply.confirmed ?? false,
    slow: reply.slow ?? false,
    ...(languages === undefined ? {} : { languages }),
    ...(language === undefined ? {} : { language }),
    ...(known === undefined ? {} : { facts: known }),
    ...(hazard === undefined ? {} : { hazard }),
    ...(step === undefined ? {} : { step }),
    ...(asked === undefined ? {} : { asked }),
    ...(question === undefined ? {} : { question }),
  };
}

function message(role: 'user' | 'assistant', content: string): Message {
  return {
    id: 'm000001-abcdef-0',
    role,
    content,
    timestamp: '2026-01-05T10:00:00+05:30',
    sources: '',
  };
}
