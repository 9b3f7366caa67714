import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

const environment = {
  PUBLIC_BASE_URL: 'https://aurora.example.com/',
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'f'.repeat(32),
  FIREBASE_CONFIG: JSON.stringify({ projectId: 'p', databaseURL: 'https://p.firebaseio.com' }),
};

describe('readConfig', () => {
  it('fills in the defaults and takes a trailing slash off the public address', () => {
    const config = readConfig({ ...environment, EMERGENCY_NUMBER: '' });
    expect(config).toMatchObject({
      PUBLIC_BASE_URL: 'https://aurora.example.com',
      TIME_ZONE: 'Asia/Kolkata',
      EMERGENCY_NUMBER: '112',
      projectId: 'p',
      databaseUrl: 'https://p.firebaseio.com',
      DIRECT_WRITE: true,
    });
  });

  it('names every setting that is missing or wrong, at once', () => {
    const read = () =>
      readConfig({ TWILIO_ACCOUNT_SID: 'x', EMERGENCY_NUMBER: 'call me', FIREBASE_CONFIG: '{' });
    expect(read).toThrow(/PUBLIC_BASE_URL.*TWILIO_ACCOUNT_SID.*EMERGENCY_NUMBER/);
    expect(read).toThrow(/FIREBASE_CONFIG\.databaseURL/);
  });

  it('accepts a current and a previous token while one is rotated', () => {
    const both = `${'a'.repeat(32)}, ${'b'.repeat(32)}`;
    const config = readConfig({ ...environment, TWILIO_AUTH_TOKEN: both });
    expect(config.twilioAuthTokens()).toEqual(['a'.repeat(32), 'b'.repeat(32)]);
  });

  it('has no default for a secret', () => {
    expect(() => readConfig(environment).jwtSecrets()).toThrow(/JWT_SECRET is not set/);
  });

  it.each(['short', `local-${'x'.repeat(40)}`, `${'f'.repeat(32)},short`])(
    'refuses the secret %j when deployed, and takes it on loopback',
    (secret) => {
      const deployed = readConfig({ ...environment, JWT_SECRET: secret });
      expect(() => deployed.jwtSecrets()).toThrow(/local value or shorter/);
      const local = readConfig({
        ...environment,
        PUBLIC_BASE_URL: 'http://127.0.0.1:5000',
        JWT_SECRET: secret,
      });
      expect(local.jwtSecrets()).toHaveLength(secret.split(',').length);
    },
  );

  it.each([{ DATABASE_ACCESS_TOKEN: 'owner' }, { TASK_QUEUE: 'emulator' }])(
    'refuses the local setting %j when deployed',
    (setting) => {
      expect(() => readConfig({ ...environment, ...setting })).toThrow(/this machine only/);
    },
  );

  it('sends the auth token only over https when deployed', () => {
    const at = (url: string) => readConfig({ ...environment, TWILIO_API_BASE_URL: url });
    expect(() => at('http://127.0.0.1:4010')).toThrow(/TWILIO_API_BASE_URL must begin with https/);
    expect(at('https://twilio.example.com').TWILIO_API_BASE_URL).toBe('https://twilio.example.com');
  });

  it('has documented thresholds for what is looked after, and refuses absurd ones', () => {
    expect(readConfig(environment)).toMatchObject({
      QUIET_CALL_MINUTES: 10,
      ORPHAN_MINUTES: 60,
      TOMBSTONE_DAYS: 400,
    });
    expect(readConfig({ ...environment, QUIET_CALL_MINUTES: '3' }).QUIET_CALL_MINUTES).toBe(3);
    const absurd = { QUIET_CALL_MINUTES: '0', ORPHAN_MINUTES: 'soon', TOMBSTONE_DAYS: '1' };
    expect(() => readConfig({ ...environment, ...absurd })).toThrow(
      /QUIET_CALL_MINUTES.*ORPHAN_MINUTES.*TOMBSTONE_DAYS/,
    );
  });

  describe('a language model', () => {
    const key = { LLM_API_KEY: ' k ' };

    it('is not asked where none is named, nor where its key is not set', () => {
      expect(readConfig({ ...environment, ...key }).languageModel()).toBeUndefined();
      const keyless = readConfig({ ...environment, LLM_MODEL: 'm', LLM_API_KEY: '' });
      expect(keyless.languageModel()).toBeUndefined();
    });

    it('is asked with budgets that leave time to answer, and stands in for a second one', () => {
      const config = readConfig({ ...environment, ...key, LLM_MODEL: 'gpt-oss-120b' });
      expect(config.languageModel()).toEqual({
        model: 'gpt-oss-120b',
        hedgeModel: 'gpt-oss-120b',
        baseUrl: 'https://api.cerebras.ai/v1',
        apiKey: 'k',
        reasoning: 'low',
        budgets: { hedgeAfter: 900, giveUpAfter: 2_500 },
      });
    });

    it('needs no key on this machine', () => {
      const local = { LLM_MODEL: 'm', LLM_BASE_URL: 'http://127.0.0.1:11434/v1/' };
      const model = readConfig({ ...environment, ...local, LLM_REASONING: 'off' }).languageModel();
      expect(model).toMatchObject({ baseUrl: 'http://127.0.0.1:11434/v1', apiKey: 'none' });
      expect(model?.reasoning).toBeUndefined();
    });

    it.each([
      { LLM_BASE_URL: 'http://llm.example.com/v1' },
      { LLM_BASE_URL: 'http://127.0.0.1.example.com/v1' },
      { LLM_GIVE_UP_AFTER_MS: '9000' },
      { LLM_MODEL: 'a model' },
    ])('is refused with %j', (setting) => {
      expect(() => readConfig({ ...environment, ...setting })).toThrow(/LLM_/);
    });
  });
});
