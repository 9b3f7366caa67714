import { describe, expect, test } from 'vitest';
import type { Message, Urgency } from '../../calls/model.ts';
import { atLeast } from '../../calls/urgency.ts';
import type { Reply, Situation, Utterance } from '../assistant.ts';
import { loadManuals } from '../manual/manual.ts';
import { createEmbeddedAssistant } from './embedded.ts';
import { countWords, promisesHelp } from './wording.ts';

const manuals = loadManuals();
const assistant = createEmbeddedAssistant({ manuals });

/**
 * One turn of a dialogue: what the caller does (`#1` is a key, `~0.3 words` are words heard with
 * that confidence), the judgement with the hazard of the card, and words that must be in the reply.
 */
type Turn = [caller: string, urgency: Urgency, hazard: string, ...expected: string[]];

const DIALOGUES: Record<string, Turn[]> = {
  'a fire from the first word to the last step': [
    ['fire in the paint shop', 'CRITICAL', 'fire', 'Get out now', '112', 'marked this call'],
    ['yes I am outside', 'NORMAL', 'fire', 'Use the stairs', 'stay low'],
    ['ok', 'NORMAL', 'fire', 'closed door'],
    ['what next', 'NORMAL', 'fire', 'stop, drop'],
    ['done', 'NORMAL', 'fire', 'assembly point'],
    ['ok', 'NORMAL', 'fire', 'What is burning?'],
    ['paint', 'NORMAL', 'fire', 'Those are all the steps'],
    ['ok', 'NORMAL', 'fire', 'Keep going as I said'],
  ],
  'a question in the middle keeps the step': [
    ['smoke everywhere', 'CRITICAL', 'fire', 'Get out now'],
    ['can I use the elevator?', 'NORMAL', 'fire', 'Use the stairs. If you cannot walk'],
    ['ok', 'NORMAL', 'fire', 'stay low'],
  ],
  'a question in the middle without an answer is not answered with a step unasked': [
    ['her hand is burned', 'CRITICAL', 'burns', 'cool running water'],
    ['can I use toothpaste', 'NORMAL', 'burns', 'No. Only cool running water'],
    [
      'can she have a cup of tea',
      'NORMAL',
      'burns',
      'I have no answer to that. Keep the water running',
    ],
    ['are you there', 'NORMAL', 'burns', 'I am here'],
  ],
  'what gets worse takes over': [
    ['my colleague fell off the ladder', 'CRITICAL', 'fall', 'Do not move them'],
    ['he is not breathing', 'CRITICAL', 'cardiac-arrest', 'Push hard and fast in the centre'],
    [
      'he is still unconscious',
      'CRITICAL',
      'cardiac-arrest',
      'also unconscious',
      'flat on their back',
    ],
    ['how deep do I push', 'NORMAL', 'cardiac-arrest', 'five to six centimetres'],
  ],
  'who helps in a dangerous place is told to be safe first': [
    ['there is a fire', 'CRITICAL', 'fire', 'Get out now'],
    [
      'my friend is bleeding badly',
      'CRITICAL',
      'bleeding',
      'Only where you are safe from fire',
      'Press hard',
    ],
    ['the fire is spreading', 'CRITICAL', 'fire', 'Get out now'],
  ],
  'what is less bad does not interrupt': [
    ['he has no pulse', 'CRITICAL', 'cardiac-arrest', 'Push hard'],
    [
      'his ankle is twisted too',
      'URGENT',
      'cardiac-arrest',
      'also an injury',
      'flat on their back',
    ],
    ['he is not bleeding', 'NORMAL', 'cardiac-arrest', 'two pushes every second'],
  ],
  'a word heard badly is asked back, and a key confirms it': [
    ['~0.3 fire', 'CRITICAL', '-', 'Did you say fire? Press 1', '112'],
    ['#1', 'CRITICAL', 'fire', 'Get out now'],
  ],
  'a word heard badly twice is believed': [
    ['~0.4 gas leak', 'CRITICAL', '-', 'Did you say gas leak?', '112'],
    ['~0.4 gas leak', 'CRITICAL', 'gas-leak', 'Touch no switches'],
  ],
  'a lesser word heard badly does not interrupt': [
    ['he is not breathing', 'CRITICAL', 'cardiac-arrest', 'Push hard'],
    ['~0.3 his ankle is twisted', 'URGENT', 'cardiac-arrest', 'flat on their back'],
  ],
  'a bad hearing never takes back': [
    ['~0.3 there is no fire', 'CRITICAL', '-', 'Did you say fire?'],
    ['no', 'NORMAL', '-', 'Tell me in a few words'],
  ],
  'words that nobody understood are asked for in other words': [
    ['~0.2 mumble', 'NORMAL', '-', 'in other words'],
    ['~0.2 mumble', 'NORMAL', '-', 'Say one word'],
  ],
  'a bad hearing in the middle keeps the card': [
    ['gas leak', 'CRITICAL', 'gas-leak', 'upwind'],
    ['~0.1 grumble', 'NORMAL', 'gas-leak', 'did not hear'],
    ['~0.3 gas', 'CRITICAL', 'gas-leak', 'Take everybody with you'],
    ['next', 'NORMAL', 'gas-leak', 'one hundred metres'],
  ],
  'an unknown question gets an honest answer and a question back': [
    ['what is the tax rate in India', 'NORMAL', '-', 'I have no answer to that', '?'],
    ['how do I get the vacation form', 'NORMAL', '-', 'does not cover that', '?'],
  ],
  'a known question is answered without a hazard': [
    ['how long must I rinse my eyes', 'NORMAL', '-', 'At least twenty minutes'],
    ['how do I put somebody in the recovery position', 'NORMAL', '-', 'Kneel beside them'],
    ['how do I use a fire extinguisher', 'NORMAL', '-', 'Pull the pin'],
  ],
  'asking about a procedure is no emergency until it is': [
    ['what does the manual say about a gas leak', 'NORMAL', '-', 'upwind', 'Is it happening now?'],
    ['yes', 'CRITICAL', 'gas-leak', 'Touch no switches', '112', 'marked this call'],
  ],
  'a test of the alarm stays open': [
    ['there is no fire, we test the alarm', 'NORMAL', '-', 'no fire', 'Press 1'],
    ['yes', 'NORMAL', '-'],
    ['#1', 'CRITICAL', '-', 'you are in danger', '112'],
    ['the fire is real', 'CRITICAL', 'fire', 'Get out now'],
  ],
  'a drill is a drill': [
    ['this is a fire drill, there is a fire', 'NORMAL', '-', 'a drill or a test'],
  ],
  'a call for help before anything is known': [
    ['help', 'CRITICAL', '-', 'Move away from danger', '112', 'What is happening'],
    ['there is blood', 'CRITICAL', 'bleeding', 'Press hard'],
  ],
  'the keys': [
    ['hello', 'NORMAL', '-', 'This is Aurora'],
    ['#1', 'CRITICAL', '-', 'you are in danger', '112', 'What is happening'],
    ['#9', 'URGENT', '-', 'marked this call', 'Stay on the line'],
    ['#0', 'NORMAL', '-', 'marked this call'],
    ['#2', 'NORMAL', '-', 'Stay away until it has been checked', 'line stays open'],
  ],
  'key 1 in the middle goes on with the card': [
    ['ammonia leak', 'CRITICAL', 'toxic-release', 'across the wind'],
    ['#1', 'CRITICAL', 'toxic-release', 'If you cannot get out'],
  ],
  'repeat that': [
    ['he is choking', 'CRITICAL', 'choking', 'keep coughing'],
    ['say that again please', 'NORMAL', 'choking', 'keep coughing'],
  ],
  'an urgent matter gets no alarm, but a worse one does': [
    ['the guard on the press is broken', 'URGENT', 'unsafe-equipment', 'Stop using it now'],
    ['now my finger was cut off', 'CRITICAL', 'bleeding', 'Press hard', '112'],
    ['what do I do with the finger', 'NORMAL', 'bleeding', 'on ice'],
    ['can I talk to a human', 'URGENT', 'bleeding', 'marked this call'],
  ],
  'other languages': [
    ['aag lag gayi hai', 'CRITICAL', 'fire', 'Get out now'],
    ['saans nahi le raha', 'CRITICAL', 'cardiac-arrest', 'Push hard and fast'],
  ],
};

describe('a dialogue', () => {
  test.each(Object.entries(DIALOGUES))('%s', async (_name, turns) => {
    const conversation: Message[] = [];
    let situation: Situation = { urgency: 'NORMAL', emergency_number: '112' };
    for (const [caller, urgency, hazard, ...expected] of turns) {
      const reply = await assistant.reply(conversation, utteranceOf(caller), situation);
      expect({ caller, urgency: reply.urgency, hazard: reply.hazard ?? '-' }).toEqual({
        caller,
        urgency,
        hazard,
      });
      for (const words of expected) expect(reply.reply, caller).toContain(words);
      expect(countWords(reply.reply), reply.reply).toBeLessThanOrEqual(60);
      expect(promisesHelp(reply.reply)).toBe(false);
      conversation.push(message('user', caller), message('assistant', reply.reply));
      situation = next(situation, reply);
    }
  });
});

describe('a card', () => {
  const CRITICAL = [...manuals.procedures.values()].filter((card) => card.urgency === 'CRITICAL');

  test.each(CRITICAL)('of $id says its first step and the number, and names the manual', (card) => {
    const reply = assistant.card(card.id, '911');
    expect(reply).toMatchObject({
      urgency: 'CRITICAL',
      sources: card.title,
      hazard: card.id,
      step: 0,
    });
    expect(reply.reply).toMatch(new RegExp(`^${escaped(card.steps[0])} Call 911 now\\.`));
  });

  test.each([undefined, '', 'volcano', '__proto__', 'constructor'])(
    'of the unknown hazard %s gives safe words and an open line',
    (hazard) => {
      const { reply, sources } = assistant.card(hazard, '112');
      expect(reply).toMatch(/^Move away from danger if you can\. Call 112 now\./);
      expect(reply).toContain('Stay on the line');
      expect(sources).toBe('');
    },
  );

  test('goes on without the conversation, from the step that travels with the call', async () => {
    const situation = { urgency: 'CRITICAL', hazard: 'fire', step: 3, emergency_number: '112' };
    const reply = await assistant.reply([], { text: 'ok' }, situation as Situation);
    expect(reply).toMatchObject({ hazard: 'fire', sources: 'Fire' });
    expect(reply.reply).toMatch(/^Feel a closed door/);
  });

  test('speaks the number of the site, also an odd one', async () => {
    for (const number of ['911', '0800 $& 1', '']) {
      const reply = await assistant.reply(
        [],
        { text: 'fire' },
        { urgency: 'NORMAL', emergency_number: number },
      );
      expect(reply.reply).toContain(`call ${number || 'the emergency number'} from outside`);
    }
  });
});

function utteranceOf(caller: string): Utterance {
  const key = /^#([0129])$/.exec(caller)?.[1] as Utterance['key'];
  if (key) return { text: '', key };
  const badly = /^~(0\.\d) (.*)$/.exec(caller);
  if (badly) return { text: badly[2] ?? '', confidence: Number(badly[1]) };
  return { text: caller, confidence: 0.9 };
}

function next(situation: Situation, { urgency, hazard, step, asked }: Reply): Situation {
  return {
    urgency: atLeast(situation.urgency, urgency),
    emergency_number: situation.emergency_number,
    ...(hazard === undefined ? {} : { hazard }),
    ...(step === undefined ? {} : { step }),
    ...(asked === undefined ? {} : { asked }),
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

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
