import { describe, expect, it } from 'vitest';
import { createHandset, placeCall, scriptedCaller } from './telephone.ts';
import type { Answer, TestAurora } from './test-aurora.ts';
import { createTestExchange } from './test-exchange.ts';

const exchange = createTestExchange();

const start = (attributes = '') =>
  `<Start><Transcription name="t" languageCode="en-IN" inboundTrackLabel="caller" outboundTrackLabel="others" statusCallbackUrl="/transcription?call=c1" ${attributes}/></Start>`;
const ROOM = '<Dial><Conference beep="false">room-1</Conference></Dial>';
const TURN = '<Gather input="speech" action="/turn"><Say>Tell me.</Say></Gather>';

/** In the order in which they were sent. */
function told({ seen }: TestAurora): Record<string, string>[] {
  return seen
    .filter(({ path }) => path === '/transcription')
    .map(({ parameters }) => parameters)
    .sort((a, b) => Number(a.SequenceNumber) - Number(b.SequenceNumber));
}

function inShort({ TranscriptionEvent, Track, TranscriptionData, Final }: Record<string, string>) {
  if (TranscriptionData === undefined) return TranscriptionEvent?.replace('transcription-', '');
  const { transcript } = JSON.parse(TranscriptionData);
  return `${Track}${Final === 'true' ? '' : ' so far'}: ${transcript}`;
}

const events = (aurora: TestAurora) => told(aurora).map(inShort);

async function call(document: string, options: object = {}, answers: Record<string, Answer> = {}) {
  const aurora = await exchange.startAurora({
    '/incoming-call': document,
    '/transcription': 204,
    ...answers,
  });
  const caller = scriptedCaller(['there is a fire']);
  const { baseUrl } = aurora;
  const result = await placeCall({ baseUrl, caller, timeScale: 0, ...options });
  return { aurora, result };
}

describe('a transcription', () => {
  it('tells what the leg says and hears, in its sequence, from Start to the end', async () => {
    const { aurora, result } = await call(
      `${start()}${TURN}`,
      {},
      { '/turn': '<Say>Leave.</Say>' },
    );
    expect(result.faults).toEqual([]);
    expect(events(aurora)).toEqual([
      'started',
      'outbound_track: Tell me.',
      'inbound_track: there is a fire',
      'outbound_track: Leave.',
      'stopped',
    ]);
    const all = told(aurora);
    expect(all.map(({ SequenceNumber }) => SequenceNumber)).toEqual(['1', '2', '3', '4', '5']);
    expect(new Set(all.map(({ TranscriptionSid }) => TranscriptionSid)).size).toBe(1);
    expect(all[0]).toMatchObject({
      CallSid: result.callSid,
      TranscriptionSid: expect.stringMatching(/^GT[0-9a-f]{32}$/),
      TranscriptionEvent: 'transcription-started',
      LanguageCode: 'en-IN',
      Track: 'both_tracks',
      InboundTrackLabel: 'caller',
      OutboundTrackLabel: 'others',
      Timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
    const confidence = JSON.parse(all[2]?.TranscriptionData ?? '').confidence;
    expect(confidence).toBeGreaterThan(0.5);
    const requests = aurora.seen.filter(({ path }) => path === '/transcription');
    expect(requests.every(({ signed, target }) => signed && target.endsWith('?call=c1'))).toBe(
      true,
    );
  });

  it('goes on in a conference, with both tracks', async () => {
    const aurora = await exchange.startAurora({
      '/incoming-call': `${start()}${ROOM}`,
      '/supervisor': ROOM,
      '/transcription': 204,
    });
    const worker = exchange.dial();
    const handset = createHandset();
    const onRing = () => ({ answer: handset.caller });
    const phone = await exchange.plugIn({ number: '+15550100010', onRing });
    const url = `${aurora.baseUrl}/supervisor`;
    await exchange.client().calls.create({ to: phone.number, from: '+15550100002', url });
    const anna = await phone.nextCall();
    worker.say('I am in hall 3.');
    await anna.hears('I am in hall 3.');
    handset.say('Stay where you are.');
    await expect
      .poll(() => events(aurora))
      .toEqual([
        'started',
        'inbound_track: I am in hall 3.',
        'outbound_track: Stay where you are.',
      ]);
    worker.hangUp();
    await worker.result;
    expect(events(aurora).at(-1)).toBe('stopped');
  });

  it('ends with Stop, and takes one track where it is asked for', async () => {
    const stop = '<Stop><Transcription name="t"/></Stop>';
    const { aurora } = await call(
      `${start('track="inbound_track"')}${TURN}`,
      {},
      { '/turn': `${stop}<Say>Leave.</Say>` },
    );
    expect(events(aurora)).toEqual(['started', 'inbound_track: there is a fire', 'stopped']);
  });

  it('tells what it has so far, where it is asked for', async () => {
    const { aurora } = await call(
      `${start('partialResults="true" track="inbound_track"')}${TURN}`,
      {},
      { '/turn': '<Hangup/>' },
    );
    expect(events(aurora)).toEqual([
      'started',
      'inbound_track so far: there is',
      'inbound_track: there is a fire',
      'stopped',
    ]);
  });

  it('can fail, and be absent', async () => {
    const failed = await call(`${start()}<Say>Hello.</Say>`, { transcription: 'fails' });
    expect(events(failed.aurora)).toEqual(['started', 'error']);
    expect(told(failed.aurora)[1]).toHaveProperty('TranscriptionError');
    await failed.aurora.stop();
    const absent = await call(`${start()}<Say>Hello.</Say>`, { transcription: 'off' });
    expect(absent.result.said).toEqual(['Hello.']);
    expect(events(absent.aurora)).toEqual([]);
  });

  it('has a name of its own while it runs', async () => {
    const { result } = await call(`${start()}${start()}<Say>Hello.</Say>`);
    expect(result.faults.map(({ kind }) => kind)).toEqual(['transcription-name-taken']);
    expect(result.said).toEqual(['Hello.']);
  });
});
