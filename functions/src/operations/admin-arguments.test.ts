import { describe, expect, it } from 'vitest';
import { readAdminArguments, readBaseUrl } from './admin-arguments.ts';

const create = (changes: Record<string, string | undefined> = {}) => {
  const flags = { company: 'plant', name: 'Plant', email: 'a@b.example', 'admin-name': 'Asha' };
  return [
    'create',
    ...Object.entries({ ...flags, ...changes }).flatMap(([name, value]) =>
      value === undefined ? [] : [`--${name}`, value],
    ),
  ];
};

describe('the arguments of npm run admin', () => {
  it('are checked and brought into their stored form', () => {
    const args = create({ email: ' A@B.example', number: '+1 (555) 010-0002' });
    expect(readAdminArguments([...args, '--move', '--project', 'demo-x'])).toEqual({
      command: {
        name: 'create',
        flags: {
          company: 'plant',
          name: 'Plant',
          email: 'a@b.example',
          'admin-name': 'Asha',
          number: '+15550100002',
          move: true,
        },
      },
      target: { project: 'demo-x', databaseUrl: undefined },
      baseUrl: undefined,
    });
  });

  it.each(['on', 'off'])('say that somebody’s being an operator is switched %s', (state) => {
    const read = readAdminArguments(['operator', state, '--email', ' A@plant.example']);
    expect(read?.command).toEqual({ name: 'operator', flags: { email: 'a@plant.example', state } });
  });

  it('are not looked at where help is asked for', () => {
    expect(readAdminArguments(['--help'])).toBeUndefined();
  });

  it.each<[string[], RegExp]>([
    [[], /commands are/],
    [['burn'], /commands are/],
    [['constructor'], /commands are/],
    [['list', 'all'], /commands are/],
    [['operator'], /operator on/],
    [['operator', 'on'], /needs --email/],
    [['operator', 'maybe', '--email', 'a@b.example'], /commands are/],
    [['operator', 'on', 'off', '--email', 'a@b.example'], /commands are/],
    [['insights', '--company', 'plant'], /insights check/],
    [['insights', 'check'], /needs --company/],
    [['insights', 'check', '--company', 'plant', '--from', 'May'], /--from is no day/],
    [['create'], /needs --company; create needs --name/],
    [create({ company: 'a/b' }), /--company is/],
    [create({ company: '..' }), /--company is/],
    [create({ email: 'nobody' }), /--email is/],
    [create({ name: ' ' }), /--name/],
    [create({ name: 'a\u001b[2Jb' }), /--name must not/],
    [create({ 'admin-name': undefined }), /needs --admin-name/],
    [create({ 'time-zone': 'Mars/Base' }), /--time-zone is no IANA zone/],
    [create({ number: '5550100002' }), /country code/],
    [['list', '--email', 'a@b.example'], /list does not take --email/],
    [['number', '--company', 'plant'], /needs --number/],
    [['link', '--email', 'a@b.example', '--move'], /does not take --move/],
  ])('%j are refused, and it says why', (args, message) => {
    expect(() => readAdminArguments(args)).toThrow(message);
  });

  it('never hold a password', () => {
    expect(() => readAdminArguments([...create(), '--password', 'secret'])).toThrow();
  });
});

describe('the address of links', () => {
  it('is that of the Hosting site', () => {
    expect(readBaseUrl('https://a.web.app/', false)).toBe('https://a.web.app');
    expect(readBaseUrl('http://127.0.0.1:5000', true)).toBe('http://127.0.0.1:5000');
  });

  it.each([undefined, '', 'a.web.app', 'http://a.web.app', 'javascript:alert(1)'])(
    'of a deployed project is not %j',
    (given) => {
      expect(() => readBaseUrl(given, false)).toThrow('--base-url');
    },
  );
});
