import { expect, it } from 'vitest';
import { scriptedCaller, silentCaller } from '../../emulators/twilio/telephone.ts';
import {
  anyNumber,
  archived,
  callIdOf,
  liveValue,
  type RunningSuite,
  telephone,
  transcript,
} from './support.ts';

const FIRE = ['there is a fire in the paint shop', 'bay four', 'nobody is hurt'];
const SMOKE = ['there is smoke', 'in the warehouse', 'two people are inside', 'yes'];

interface Chaos {
  /** What the caller says while webhooks are repeated. */
  words: readonly string[];
  probability: number;
  /** How many times as long as Twilio answers are waited for: a process for each takes long to start. */
  patience?: number;
}

/** What every call must be, in whichever way the workers run. */
export function voiceJourneys(
  suite: () => RunningSuite,
  { words, probability, patience = 1 }: Chaos = { words: SMOKE, probability: 0.6 },
): void {
  it('a call goes from ring to archive', async () => {
    const from = anyNumber();
    const call = await telephone(suite(), { from, patience, caller: scriptedCaller(FIRE) });
    expect(call.faults).toEqual([]);
    expect(call.endedBy).toBe('caller');
    const [greeting, offerOfHindi, ...replies] = call.said;
    expect(offerOfHindi).toContain('3');
    expect(replies).toHaveLength(3);
    expect(replies[0]).toContain('112');
    const id = callIdOf(call);
    const { call: stored, conversation } = await archived(suite(), id, 7);
    expect(transcript(conversation)).toEqual([
      `assistant: ${greeting} ${offerOfHindi}`,
      `user: ${FIRE[0]}`,
      `assistant: ${replies[0]}`,
      `user: ${FIRE[1]}`,
      `assistant: ${replies[1]}`,
      `user: ${FIRE[2]}`,
      `assistant: ${replies[2]}`,
    ]);
    expect(conversation.messages[2]?.sources).not.toBe('');
    expect(stored).toMatchObject({
      mobile_no: from,
      urgency: 'CRITICAL',
      status: 'COMPLETE',
      medium: 'Voice',
      company_id: 'demo',
      call_sid: call.callSid,
      end_reason: 'completed',
    });
  });

  it('webhooks that come twice, late and out of order change nothing (I3)', async () => {
    const call = await telephone(suite(), {
      caller: scriptedCaller([...words]),
      chaos: { seed: 20_251_004, probability },
      patience,
    });
    expect(call.faults).toEqual([]);
    const { conversation } = await archived(suite(), callIdOf(call), 1 + 2 * words.length);
    const ids = conversation.messages.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(
      conversation.messages.filter(({ role }) => role === 'user').map(({ content }) => content),
    ).toEqual(words);
    expect(await liveValue(suite(), `active_calls/${callIdOf(call)}`)).toBeNull();
  });
}

/** The same of calls that take long where every request starts a process. */
export function moreVoiceJourneys(suite: () => RunningSuite): void {
  it('two calls at once stay apart', async () => {
    const [first, second] = await Promise.all([
      telephone(suite(), { caller: scriptedCaller(['there is a gas leak', 'in the boiler room']) }),
      telephone(suite(), { caller: scriptedCaller(['my hand is bleeding badly']) }),
    ]);
    const archives = await Promise.all([
      archived(suite(), callIdOf(first), 5),
      archived(suite(), callIdOf(second), 3),
    ]);
    const said = archives.map(({ conversation }) =>
      conversation.messages.filter(({ role }) => role === 'user').map(({ content }) => content),
    );
    expect(said).toEqual([
      ['there is a gas leak', 'in the boiler room'],
      ['my hand is bleeding badly'],
    ]);
  });

  it('a silent caller is asked twice, then the call is URGENT and stays open (I8)', async () => {
    const call = await telephone(suite(), { caller: silentCaller(4) });
    expect(call.endedBy).toBe('caller');
    expect(call.faults).toEqual([]);
    // The greeting, the offer of Hindi, and three answers to silence.
    expect(new Set(call.said).size).toBe(5);
    const { call: stored } = await archived(suite(), callIdOf(call), 5);
    expect(stored.urgency).toBe('URGENT');
  });

  it('a caller who hangs up in the middle of an answer is archived with every word', async () => {
    const hangUp = new AbortController();
    const call = await telephone(suite(), {
      signal: hangUp.signal,
      caller: {
        next: (() => {
          let turn = 0;
          return () => {
            turn += 1;
            if (turn === 1) return { say: 'somebody fell from the scaffold' };
            hangUp.abort();
            return { silent: true as const };
          };
        })(),
      },
    });
    const { conversation } = await archived(suite(), callIdOf(call), 3);
    expect(transcript(conversation)).toContain('user: somebody fell from the scaffold');
  });
}
