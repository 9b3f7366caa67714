import { expect, it } from 'vitest';
// @ts-expect-error plain JavaScript, like everything that npm's scripts start with
import { localSuite } from './dead-letters.mjs';

it('finds the databases of the local suite on their ports, as they are or were changed', () => {
  expect(localSuite({})).toMatchObject({
    GCLOUD_PROJECT: 'demo-aurora',
    FIRESTORE_EMULATOR_HOST: '127.0.0.1:8080',
    FIREBASE_DATABASE_EMULATOR_HOST: '127.0.0.1:9000',
    PUBLIC_BASE_URL: 'http://127.0.0.1:5000',
  });
  const changed = {
    AURORA_FIRESTORE_PORT: '8081',
    AURORA_DATABASE_PORT: '9001',
    AURORA_HOSTING_PORT: '5001',
  };
  expect(localSuite(changed)).toMatchObject({
    FIRESTORE_EMULATOR_HOST: '127.0.0.1:8081',
    FIREBASE_DATABASE_EMULATOR_HOST: '127.0.0.1:9001',
    PUBLIC_BASE_URL: 'http://127.0.0.1:5001',
  });
});
