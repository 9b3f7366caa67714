import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { viewCall } from '../../functions/src/admin/views.ts';
import { CALL_ID, STARTED } from '../../functions/src/calls/events.fixture.ts';
import { callFrom } from '../../functions/src/calls/reduce.ts';
import { HELP, readArguments } from './arguments.ts';
import { follow } from './follow.ts';
import { conversationPrinter, listPrinter } from './printer.ts';
import { createSession } from './session.ts';

const CONVERSATION_ID = CALL_ID.replace('call_', 'conv_');
const call = viewCall(CALL_ID, { live: callFrom(STARTED), archived: undefined });
const said = (id: string, content: string, more = {}) => ({
  id,
  role: 'user' as const,
  content,
  timestamp: '2025-10-04T14:30:05+05:30',
  sources: '',
  ...more,
});

describe('the command line of watch', () => {
  it('knows the supervisor of the local suite, and nobody elsewhere', () => {
    expect(readArguments([CONVERSATION_ID], {})).toMatchObject({
      baseUrl: 'http://127.0.0.1:5000',
      conversationId: CONVERSATION_ID,
      email: 'admin@example.com',
      password: 'password',
    });
    expect(readArguments([CALL_ID], {}).conversationId).toBe(CONVERSATION_ID);
    const deployed = ['--base-url', 'https://aurora.example/', '--email', 'admin@example.com'];
    expect(readArguments(deployed, {})).toMatchObject({
      baseUrl: 'https://aurora.example',
      password: undefined,
    });
    expect(readArguments(deployed, { AURORA_PASSWORD: 'p' }).password).toBe('p');
    expect(readArguments(['--help'], {}).help).toBe(true);
    expect(HELP).toContain('--base-url');
  });

  it.each([
    ['an id that is none', ['nonsense']],
    ['two ids', [CONVERSATION_ID, CONVERSATION_ID]],
    ['a password in the clear', ['--base-url', 'http://aurora.example', '--email', 'a@b.c']],
    ['nobody', ['--base-url', 'https://aurora.example']],
    ['an unknown flag', ['--fast']],
  ])('refuses %s', (_, line) => {
    expect(() => readArguments(line, {})).toThrow();
  });
});

describe('what is printed', () => {
  it('is each message once, the changes of the call, and what came of it', () => {
    const printer = conversationPrinter();
    const first = said('m000001-abcdef-0', 'there is a fire');
    const conversation = { messages: [first] };
    expect(printer.event('initial', { call, conversation }).lines).toHaveLength(2);
    expect(printer.event('new_messages', { messages: [first] }).lines).toEqual([]);
    const reply = { role: 'assistant', sources: 'Fire', spoken: false };
    expect(
      printer.event('new_messages', { messages: [said('m000001-abcdef-1', 'out!', reply)] }).lines,
    ).toEqual(['14:30:05  Aurora      out!  [Fire]  (not spoken: the caller heard another reply)']);
    expect(printer.event('call', { call: { ...call, urgency: 'CRITICAL' } }).lines).toEqual([
      '--- urgency is CRITICAL (was NORMAL)',
    ]);
    expect(printer.event('heartbeat', { time: '' }).lines).toEqual([]);
    const ended = { ...call, duration_seconds: 61, end_reason: 'completed', final_action: 'drill' };
    expect(printer.event('ended', { call: ended })).toEqual({
      lines: ['--- over after 61 s (completed), NORMAL', '--- final action: drill'],
      isOver: true,
    });
  });

  it('tells what becomes known of the incident, and which rung answered', () => {
    const printer = conversationPrinter();
    printer.event('initial', { call, conversation: { messages: [] } });
    const fact = { confidence: 0.9, turn: 1, at: '2025-10-04T14:30:05+05:30', by: 'words' };
    const facts = { ...call?.facts, where: { ...fact, value: 'hall 3' } };
    expect(printer.event('call', { call: { ...call, facts } }).lines).toEqual([
      '--- where is hall 3 (was none)',
    ]);
    const guessed = { ...facts, injured: { ...fact, value: '1', confidence: 0.3 } };
    const known = { ...call, facts: guessed };
    expect(printer.event('call', { call: known }).lines).toEqual([
      '--- injured is perhaps 1 (was none)',
    ]);
    expect(listPrinter().event('added', { call: known }).lines[0]).toContain(
      'where: hall 3, injured: perhaps 1',
    );
    const grounding = { rung: 'hedge', model: 'quick-model' };
    const reply = said('m000001-abcdef-1', 'out!', {
      role: 'assistant',
      sources: 'Fire',
      grounding,
    });
    expect(printer.event('new_messages', { messages: [reply] }).lines).toEqual([
      '14:30:05  Aurora      out!  [Fire]  (hedge quick-model)',
    ]);
  });

  it('can not move the cursor, whoever said it', () => {
    const hostile = 'a\u001b[2Jb\rc\u202ed\ne';
    const { lines } = conversationPrinter().event('new_messages', {
      messages: [said('m000001-abcdef-0', hostile)],
    });
    expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
    const listed = { ...call, worker_id: hostile };
    expect(listPrinter().event('added', { call: listed }).lines.join('')).not.toMatch(/\p{Cc}/u);
  });

  it('of the list is what was added, changed and removed', () => {
    const printer = listPrinter();
    expect(printer.event('initial', { items: [call] }).lines).toHaveLength(2);
    expect(printer.event('removed', { call_id: CALL_ID, reason: 'ended' }).lines).toEqual([
      `- ${CALL_ID} ended`,
    ]);
  });
});

describe('following', () => {
  /** Aurora as far as the command sees it; streams are answered one after the other. */
  async function aurora(answers: ((request: IncomingMessage, response: ServerResponse) => void)[]) {
    const asked: IncomingMessage[] = [];
    let logins = 0;
    const server = createServer((request, response) => {
      if (request.url === '/login') {
        logins += 1;
        response.end(JSON.stringify({ access_token: `token-${logins}` }));
      } else if (request.url === '/api/config') {
        response.statusCode = 404;
        response.end('{}');
      } else {
        asked.push(request);
        answers[asked.length - 1]?.(request, response);
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const printed: string[] = [];
    const notes: string[] = [];
    const session = createSession({
      baseUrl,
      email: 'a@b.c',
      password: async () => 'p',
      totp: async () => '000000',
      fetch,
    });
    const run = (signal = new AbortController().signal) =>
      follow({
        session,
        path: '/api/x/stream',
        printer: conversationPrinter(),
        print: (line) => printed.push(line),
        note: (line) => notes.push(line),
        fetch,
        signal,
      });
    return { run, asked, printed, notes };
  }

  const stream = (text: string) => (_: IncomingMessage, response: ServerResponse) => {
    response.setHeader('content-type', 'text/event-stream');
    response.end(text);
  };
  const event = (name: string, id: string, data: object) =>
    `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
  const refuse =
    (status: number, code: string) => (_: IncomingMessage, response: ServerResponse) => {
      response.statusCode = status;
      response.end(JSON.stringify({ error: { code, message: `It was ${code}.` } }));
    };

  it('comes back from where it was, until the call is over', async () => {
    const { run, asked, printed, notes } = await aurora([
      stream(`retry: 1\n\n${event('initial', 'one', { call, conversation: { messages: [] } })}`),
      stream(event('ended', 'two', { call })),
    ]);
    await run();
    expect(asked.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, 'one']);
    expect(printed.at(-1)).toContain('over after');
    expect(notes.at(-1)).toBe('Connected again, going on from where it was.');
  });

  it('signs in again when its token is not taken any more', async () => {
    const { run, asked } = await aurora([
      refuse(401, 'unauthorized'),
      stream(event('ended', 'two', { call })),
    ]);
    await run();
    expect(asked.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ]);
  });

  it('tells what refused it for good', async () => {
    const { run } = await aurora([refuse(404, 'not_found')]);
    await expect(run()).rejects.toThrow('It was not_found.');
  });

  it('ends when it is told to', async () => {
    const away = new AbortController();
    const { run } = await aurora([(_, response) => response.on('close', () => {}).write(': \n\n')]);
    const done = run(away.signal);
    away.abort();
    await done;
  });
});
