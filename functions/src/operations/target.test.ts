import { describe, expect, it } from 'vitest';
import { chooseTarget } from './target.ts';

const suite = {
  GCLOUD_PROJECT: 'demo-aurora',
  FIRESTORE_EMULATOR_HOST: '127.0.0.1:8080',
  FIREBASE_DATABASE_EMULATOR_HOST: '127.0.0.1:9000',
};
const databaseUrl = 'https://aurora-default-rtdb.firebaseio.com';

describe('chooseTarget', () => {
  it('finds the local suite by its host variables', () => {
    expect(chooseTarget({}, suite)).toEqual({
      projectId: 'demo-aurora',
      databaseUrl: 'http://127.0.0.1:9000/?ns=demo-aurora-default-rtdb',
      isLocal: true,
      description:
        'project demo-aurora, local suite (Firestore 127.0.0.1:8080, Realtime Database 127.0.0.1:9000)',
    });
    expect(chooseTarget({ project: 'demo-other' }, suite).databaseUrl).toMatch(
      'ns=demo-other-default-rtdb',
    );
  });

  it('takes a deployed project that is named in full', () => {
    expect(chooseTarget({ project: 'aurora', databaseUrl }, {})).toEqual({
      projectId: 'aurora',
      databaseUrl,
      isLocal: false,
      description: `project aurora, deployed (${databaseUrl})`,
    });
  });

  it.each([
    ['neither a project nor a suite', {}, {}, /--project ID --database-url URL/],
    ['half a suite', {}, { FIRESTORE_EMULATOR_HOST: 'x:1' }, /run by npm/],
    ['a suite without a name', {}, { ...suite, GCLOUD_PROJECT: undefined }, /run by npm/],
    ['a project without its database', { project: 'aurora' }, {}, /--database-url URL/],
    ['a real project in a local suite', { project: 'aurora' }, suite, /give its --database-url/],
    ['a database without its project', { databaseUrl }, {}, /needs --project/],
    ['a local project elsewhere', { project: 'demo-x', databaseUrl }, {}, /deployed project/],
    ['a deployed project beside a suite', { project: 'a', databaseUrl }, suite, /unset them/],
    ['no https', { project: 'a', databaseUrl: 'http://a.example.com' }, {}, /https address/],
    ['no address', { project: 'a', databaseUrl: 'a' }, {}, /https address/],
  ])('refuses %s and says what to do', (_name, flags, environment, message) => {
    expect(() => chooseTarget(flags, environment)).toThrow(message);
  });
});
