import { describe, expect, it } from 'vitest';
import { createHandset, scriptedCaller } from './telephone.ts';
import type { Answer, TestAurora } from './test-aurora.ts';
import { createTestExchange, heard } from './test-exchange.ts';

const exchange = createTestExchange();
const PATIENT = { timeout: 5_000 };
const ANNA = '+15550100010';
const BEN = '+15550100011';
const AURORA = '+15550100002';
const WORKER = 'CA00000000000000000000000000000001';

const EVENTS = 'start end join leave mute hold modify announcement';
const room = (attributes = '') =>
  `<Conference beep="false" statusCallback="/conference-status" statusCallbackEvent="${EVENTS}" ${attributes}>room-1</Conference>`;
const enter = (attributes = '') => `<Dial action="/dial-status">${room(attributes)}</Dial>`;

const ANSWERS: Record<string, Answer> = {
  '/incoming-call': enter('participantLabel="worker" endConferenceOnExit="true"'),
  '/dial-status': '<Say>Aurora is back.</Say><Hangup/>',
  '/conference-status': 204,
  '/anna': enter('participantLabel="anna"'),
  '/ben': enter('participantLabel="ben" muted="true"'),
  '/whisper': enter(`participantLabel="ben" coach="${WORKER}"`),
};

/** The worker in the room, and supervisors who are called into it; each in a process of its own. */
async function meet(...paths: string[]) {
  const aurora = await exchange.startAurora(ANSWERS);
  const workerLine = await exchange.connect();
  const worker = exchange.dial({ callSid: WORKER, switchboard: workerLine });
  await expect.poll(() => worker.events.map(({ type }) => type)).toContain('conference-joined');
  const others = [];
  for (const [index, path] of paths.entries()) {
    const number = [ANNA, BEN][index] ?? '';
    const handset = createHandset();
    const line = await exchange.connect();
    const phone = await exchange.plugIn({
      number,
      line,
      onRing: () => ({ answer: handset.caller }),
    });
    await exchange.client().calls.create({ to: number, from: AURORA, url: aurora.baseUrl + path });
    const call = await phone.nextCall();
    await call.until('conference-started');
    others.push({ ...handset, call, line });
  }
  const [conference] = await exchange.client().conferences.list({ friendlyName: 'room-1' });
  return { aurora, worker: { ...worker, line: workerLine }, others, sid: conference?.sid ?? '' };
}

/** In the order in which they were fired. */
function callbacks({ seen }: TestAurora): Record<string, string>[] {
  return seen
    .filter(({ path }) => path === '/conference-status')
    .map(({ parameters }) => parameters)
    .sort((a, b) => Number(a.SequenceNumber) - Number(b.SequenceNumber));
}

const nameOf = (each: Record<string, string>) =>
  [each.StatusCallbackEvent, each.ParticipantLabel].filter(Boolean).join(' ');

describe('a conference', () => {
  it('has each hear what the others say, across processes', async () => {
    const { worker, others } = await meet('/anna');
    const [anna] = others;
    worker.say('There is smoke.');
    await anna?.call.hears('There is smoke.');
    anna?.say('I am with you.');
    await expect.poll(() => heard(worker.events), PATIENT).toEqual(['anna: I am with you.']);
    expect(heard(anna?.call.events ?? [])).toEqual(['worker: There is smoke.']);
  });

  it('starts with the second one, and is over with the last', async () => {
    const { aurora, worker, others, sid } = await meet();
    expect(others).toEqual([]);
    const before = await exchange.client().conferences(sid).fetch();
    expect(before).toMatchObject({ status: 'init', friendlyName: 'room-1' });
    expect(worker.events.map(({ type }) => type)).not.toContain('conference-started');
    worker.hangUp();
    await worker.result;
    await expect
      .poll(() => callbacks(aurora).map(nameOf), PATIENT)
      .toEqual(['participant-join worker', 'participant-leave worker', 'conference-end']);
    const after = await exchange.client().conferences(sid).fetch();
    expect(after).toMatchObject({ status: 'completed', callSidEndingConference: WORKER });
  });

  it('tells its callback of each step, signed and in sequence', async () => {
    const { aurora, others, worker, sid } = await meet('/anna');
    others[0]?.call.hangUp();
    await others[0]?.call.result;
    worker.hangUp();
    await worker.result;
    await expect
      .poll(() => callbacks(aurora).map(nameOf), PATIENT)
      .toEqual([
        'participant-join worker',
        'participant-join anna',
        'conference-start anna',
        'participant-leave anna',
        'participant-leave worker',
        'conference-end',
      ]);
    const all = callbacks(aurora);
    expect(all.map(({ SequenceNumber }) => SequenceNumber)).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(all[0]).toMatchObject({
      ConferenceSid: sid,
      FriendlyName: 'room-1',
      CallSid: WORKER,
      Muted: 'false',
      Hold: 'false',
      Coaching: 'false',
      EndConferenceOnExit: 'true',
      StartConferenceOnEnter: 'true',
    });
    expect(all[3]).toMatchObject({ ReasonParticipantLeft: 'participant_hung_up' });
    expect(all[5]).toMatchObject({
      ReasonConferenceEnded: 'participant-with-end-conference-on-exit-left',
      CallSidEndingConference: WORKER,
    });
    expect(aurora.seen.every(({ signed }) => signed)).toBe(true);
  });

  it('that ends sends the others on to the action of their Dial', async () => {
    const { aurora, others, worker } = await meet('/anna');
    worker.hangUp();
    expect(await others[0]?.call.result).toMatchObject({
      said: ['Aurora is back.'],
      status: 'completed',
    });
    const asked = aurora.seen.find(({ path }) => path === '/dial-status');
    expect(asked?.parameters).toMatchObject({
      DialCallStatus: 'answered',
      CallStatus: 'in-progress',
    });
    expect(asked?.parameters).not.toHaveProperty('DialCallSid');
  });

  it('lets nobody hear one who is muted, until that is undone by REST', async () => {
    const { aurora, others, worker, sid } = await meet('/anna', '/ben');
    const [anna, ben] = others;
    ben?.say('Nobody hears this.');
    await ben?.call.until('spoke');
    await ben?.line.settled();
    const participant = exchange
      .client()
      .conferences(sid)
      .participants(ben?.call.callSid ?? '');
    expect(await participant.fetch()).toMatchObject({ muted: true, label: 'ben' });
    expect(await participant.update({ muted: false })).toMatchObject({ muted: false });
    await ben?.call.until('conference-changed');
    ben?.say('Now you do.');
    await anna?.call.hears('Now you do.');
    await expect.poll(() => heard(worker.events), PATIENT).toEqual(['ben: Now you do.']);
    await expect.poll(() => callbacks(aurora).map(nameOf)).toContain('participant-unmute ben');
  });

  it('lets only the coached one hear a coach, who hears everybody', async () => {
    const { others, worker, sid } = await meet('/anna', '/whisper');
    const [anna, ben] = others;
    ben?.say('Ask where they are.');
    await expect.poll(() => heard(worker.events), PATIENT).toEqual(['ben: Ask where they are.']);
    anna?.say('I hear nobody.');
    await ben?.call.hears('I hear nobody.');
    expect(heard(anna?.call.events ?? [])).toEqual([]);
    const participant = exchange
      .client()
      .conferences(sid)
      .participants(ben?.call.callSid ?? '');
    expect(await participant.fetch()).toMatchObject({ coaching: true, callSidToCoach: WORKER });
    await participant.update({ coaching: false });
    await ben?.call.until('conference-changed');
    ben?.say('Hello Anna.');
    await anna?.call.hears('Hello Anna.');
  });

  it('neither hears nor is heard by one on hold', async () => {
    const { others, worker, sid } = await meet('/anna');
    const [anna] = others;
    await exchange.client().conferences(sid).participants('anna').update({ hold: true });
    await anna?.call.until('conference-changed');
    anna?.say('Lost.');
    worker.say('Lost, too.');
    await anna?.call.until('spoke');
    await expect.poll(() => worker.events.map(({ type }) => type)).toContain('spoke');
    await Promise.all([anna?.line.settled(), worker.line.settled()]);
    await exchange.client().conferences(sid).participants('anna').update({ hold: false });
    worker.say('Are you there?');
    await anna?.call.hears('Are you there?');
    expect(heard(anna?.call.events ?? [])).toEqual(['worker: Are you there?']);
    expect(heard(worker.events)).toEqual([]);
  });

  it('is left by a leg that is redirected, and goes on', async () => {
    const { aurora, others, worker, sid } = await meet('/anna', '/ben');
    const twiml = '<Response><Say>Aurora speaks.</Say><Hangup/></Response>';
    await exchange
      .client()
      .calls(others[0]?.call.callSid ?? '')
      .update({ twiml });
    expect(await others[0]?.call.result).toMatchObject({ said: ['Aurora speaks.'] });
    const left = await exchange.client().conferences(sid).participants.list();
    expect(left.map(({ label }) => label)).toEqual(['worker', 'ben']);
    await expect
      .poll(() => callbacks(aurora).find((each) => nameOf(each) === 'participant-leave anna'))
      .toMatchObject({ ReasonParticipantLeft: 'participant_updated_via_api' });
    worker.say('Still here.');
    await others[1]?.call.hears('Still here.');
  });

  it('can be left by a key where the Dial says so', async () => {
    await exchange.startAurora({
      ...ANSWERS,
      '/incoming-call': `<Dial hangupOnStar="true">${room()}</Dial><Say>Out.</Say>`,
    });
    const first = exchange.dial({ caller: scriptedCaller([{ keys: '*' }]) });
    exchange.dial();
    expect(await first.result).toMatchObject({ said: ['Out.'] });
  });

  it('puts one out by REST, who goes on to the action', async () => {
    const { others, sid } = await meet('/anna');
    await exchange.client().conferences(sid).participants('anna').remove();
    expect(await others[0]?.call.result).toMatchObject({ said: ['Aurora is back.'] });
    const gone = exchange.client().conferences(sid).participants('anna').fetch();
    await expect(gone).rejects.toMatchObject({ status: 404, code: 20404 });
  });

  it('is ended by REST', async () => {
    const { worker, others, sid } = await meet('/anna');
    const ended = await exchange.client().conferences(sid).update({ status: 'completed' });
    expect(ended).toMatchObject({
      status: 'completed',
      reasonConferenceEnded: 'conference-ended-via-api',
    });
    expect((await worker.result).said).toEqual(['Aurora is back.']);
    await others[0]?.call.result;
    const live = { friendlyName: 'room-1', status: 'in-progress' } as const;
    expect(await exchange.client().conferences.list(live)).toEqual([]);
  });

  it('has everybody hear an announcement, or one alone', async () => {
    const { aurora, others, worker, sid } = await meet('/anna');
    const announcing = await exchange.startAurora({
      '/announce': '<Say>Help is on the way.</Say><Pause length="1"/><Play>https://x/a.mp3</Play>',
      '/wrong': '<Gather/>',
    });
    const announceUrl = `${announcing.baseUrl}/announce?call=1`;
    await exchange.client().conferences(sid).update({ announceUrl });
    await others[0]?.call.hears('Help is on the way.');
    await others[0]?.call.until('played');
    await expect.poll(() => heard(worker.events)).toEqual(['Aurora: Help is on the way.']);
    expect(announcing.seen[0]).toMatchObject({
      signed: true,
      method: 'POST',
      parameters: { ConferenceSid: sid, FriendlyName: 'room-1' },
    });
    await exchange.client().conferences(sid).participants(WORKER).update({ announceUrl });
    await expect.poll(() => heard(worker.events)).toHaveLength(2);
    expect(heard(others[0]?.call.events ?? [])).toHaveLength(1);
    const wrong = `${announcing.baseUrl}/wrong`;
    await exchange.client().conferences(sid).update({ announceUrl: wrong });
    await expect
      .poll(() => callbacks(aurora).map(nameOf), PATIENT)
      .toEqual(expect.arrayContaining(['announcement-end', 'announcement-fail']));
    await announcing.stop();
  });

  it('refuses a coach of somebody who is not in it, and one too many', async () => {
    const { worker } = await meet();
    await exchange.startAurora({
      '/incoming-call': enter('coach="CA00000000000000000000000000000009"'),
      '/dial-status': '<Say>Not joined.</Say>',
    });
    const coach = await exchange.dial().result;
    expect(coach).toMatchObject({ said: ['Not joined.'], faults: [{ code: 13240 }] });
    await exchange.startAurora({
      '/incoming-call': enter('maxParticipants="1"'),
      '/dial-status': '<Say>Not joined.</Say>',
    });
    expect(await exchange.dial().result).toMatchObject({ said: ['Not joined.'] });
    expect(worker.events.map(({ type }) => type)).not.toContain('conference-started');
  });

  it('plays its waiting document to one alone, again and again, until it starts', async () => {
    let asked = 0;
    await exchange.startAurora({
      ...ANSWERS,
      '/incoming-call': enter('waitUrl="/wait"'),
      '/wait': () => {
        asked += 1;
        return `<Say>Please wait ${asked}.</Say><Pause length="1"/>`;
      },
    });
    const waiting = exchange.dial({ timeScale: 0.01 });
    await expect.poll(() => heard(waiting.events), PATIENT).toContain('Aurora: Please wait 3.');
    exchange.dial();
    await expect.poll(() => waiting.events.map(({ type }) => type)).toContain('conference-started');
    waiting.say('Hello?');
    await expect.poll(() => waiting.events.map(({ type }) => type)).toContain('spoke');
    expect(waiting.events.at(-1)).toEqual({ type: 'spoke', text: 'Hello?' });
  });

  it('loses a telephone whose process goes away', async () => {
    const { others, sid } = await meet('/anna');
    others[0]?.line.close();
    const labels = async () => {
      const left = await exchange.client().conferences(sid).participants.list();
      return left.map(({ label }) => label);
    };
    await expect.poll(labels, PATIENT).toEqual(['worker']);
  });
});
