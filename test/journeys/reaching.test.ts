import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import { createHandset } from '../../emulators/twilio/telephone.ts';
import {
  ADMIN,
  happens,
  idOf,
  post,
  presses,
  SUPERVISOR,
  says,
  setPolicy,
  switchboard,
  type Telephones,
  timeline,
} from './people.ts';
import { anyNumber, archived, ask, closeClients, transcript } from './support.ts';

const suite = inject('suite');

let telephones: Telephones;
let usual: object;
beforeAll(async () => {
  telephones = await switchboard(suite);
  usual = (await ask(suite, '/api/company')).body.reaching as object;
  await setPolicy(suite, {
    steps: [
      { who: [SUPERVISOR.id], wait_seconds: 10 },
      { who: [ADMIN.id], wait_seconds: 60 },
    ],
  });
});
afterEach(() => telephones.hangUp());
afterAll(async () => {
  await setPolicy(suite, usual);
  telephones.close();
  await closeClients();
});

const MESSAGE = 'This is Demo Supervisor. Is anybody hurt?';

it('three telephones: a page that a machine answers, a takeover, a caller lost and regained', {
  timeout: 180_000,
}, async () => {
  const number = anyNumber();
  const again = createHandset();
  const machine = await telephones.phone(SUPERVISOR.phone, () => 'voicemail');
  const desk = await telephones.phone(ADMIN.phone, presses('1'));
  const mobile = await telephones.phone(number, () => ({ answer: again.caller }));

  const call = telephones.call(number);
  call.say('there is a fire in the paint shop');
  const id = await idOf(call);
  expect((await machine.nextMessage()).body).toMatch(
    /^Aurora CRITICAL: .*Reply 1( \d+)? to accept/,
  );
  await (await machine.nextCall()).result;
  expect((await desk.nextMessage()).body).toMatch(/Reply 1( \d+)? to accept/);
  const accepted = await (await desk.nextCall()).result;
  expect(accepted.said.join(' ')).toContain('Press 1 to take it');
  await happens(suite, id, 'page_accepted');

  expect((await post(suite, `/api/call/${id}/takeover`)).status).toBe(200);
  await call.hears('A supervisor has taken over');
  await happens(suite, id, 'page_closed held');
  const sent = await post(suite, `/api/call/${id}/message`, { content: MESSAGE }, { key: id });
  expect(sent).toMatchObject({ status: 200, body: { delivery: 'speaking' } });
  await call.hears('Is anybody hurt?');
  call.say('no, nobody is hurt');
  await says(suite, id, 'user', 'nobody is hurt');
  const reason = 'The fire brigade is told.';
  expect((await post(suite, `/api/call/${id}/release`, { reason })).status).toBe(200);
  await call.hears('This is Aurora again');
  call.hangUp();
  expect((await call.result).faults).toEqual([]);

  expect((await mobile.nextMessage()).body).toContain('Our call broke off');
  const back = await mobile.nextCall();
  await back.hears('so I am calling you back');
  again.say('I am still here');
  await happens(suite, id, 'caller_regained');
  const backId = await idOf(back);
  await says(suite, backId, 'user', 'I am still here');
  back.hangUp();
  expect((await back.result).faults).toEqual([]);

  const [lost, regained] = await Promise.all([archived(suite, id, 5), archived(suite, backId, 2)]);
  expect(regained.call).toMatchObject({ follows: id, incident_id: lost.call.incident_id });
  const story = [
    'page_raised critical',
    `page_sent ${SUPERVISOR.id} sms`,
    `page_unanswered ${SUPERVISOR.id} voice voicemail`,
    'page_escalated no_answer',
    `page_sent ${ADMIN.id} sms`,
    'page_accepted voice',
    'taken_over',
    'message_sent',
    `released ${reason}`,
    'caller_lost',
    'called_back',
    'caller_regained',
  ];
  const told = async () => {
    const steps = await timeline(suite, id);
    return steps.flatMap((step) => story.find((line) => step.startsWith(line)) ?? []);
  };
  await expect.poll(told).toEqual(story);
});

it('one speaks at a time: of two supervisors one has the call, and Aurora none of it meanwhile', async () => {
  const call = telephones.call();
  call.say('the guard of machine seven is broken');
  const id = await idOf(call);
  await says(suite, id, 'user', 'machine seven');
  const [mine, theirs] = await Promise.all([
    post(suite, `/api/call/${id}/takeover`),
    post(suite, `/api/call/${id}/takeover`, undefined, { email: SUPERVISOR.email }),
  ]);
  const [winner, loser] = mine.status === 200 ? [ADMIN, SUPERVISOR] : [SUPERVISOR, ADMIN];
  const [won, refused] = mine.status === 200 ? [mine, theirs] : [theirs, mine];
  expect(won).toMatchObject({ status: 200, body: { owner: { id: winner.id, epoch: 1 } } });
  expect(refused).toMatchObject({ status: 409, body: { error: { code: 'taken' } } });
  expect(JSON.stringify(refused.body)).toContain(winner.id);

  await call.hears('A supervisor has taken over');
  const heard = call.events.length;
  for (const words of ['it is still running', 'I am standing beside it']) {
    call.say(words);
    await says(suite, id, 'user', words);
  }
  const said = call.events.slice(heard).filter(({ type }) => type === 'said');
  expect(said).toEqual([]);

  const path = `/api/call/${id}/transfer`;
  const given = await post(suite, path, { to: loser.id }, { email: winner.email });
  expect(given).toMatchObject({ status: 200, body: { owner: { id: loser.id, epoch: 2 } } });
  const late = await post(
    suite,
    `/api/call/${id}/message`,
    { content: MESSAGE },
    {
      email: winner.email,
      key: `late-${id}`,
    },
  );
  expect(late).toMatchObject({ status: 409, body: { error: { code: 'taken' } } });
  const reason = 'The machine is locked off.';
  const over = await post(suite, `/api/call/${id}/release`, { reason }, { email: loser.email });
  expect(over).toMatchObject({ status: 200, body: { owner: { kind: 'aurora', epoch: 3 } } });
  await call.hears('This is Aurora again');
  call.hangUp();
  await call.result;

  const { conversation } = await archived(suite, id, 5);
  const words = transcript(conversation);
  const between = words.slice(
    words.indexOf('user: it is still running'),
    words.indexOf('user: I am standing beside it') + 1,
  );
  expect(between).toEqual(['user: it is still running', 'user: I am standing beside it']);
  await expect
    .poll(() => timeline(suite, id))
    .toEqual(expect.arrayContaining([`transferred ${loser.id}`, `released ${reason}`]));
  expect((await ask(suite, `/api/call/${id}`)).body.state).toBe('archived');
});
