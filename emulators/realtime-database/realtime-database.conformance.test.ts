import { afterAll, beforeAll } from 'vitest';
import { registerAccessTests } from './conformance/access.ts';
import { createHarness } from './conformance/harness.ts';
import { registerListenerTests } from './conformance/listeners.ts';
import { registerQueryTests } from './conformance/queries.ts';
import { registerRestTests } from './conformance/rest.ts';
import { registerTriggerTests } from './conformance/triggers.ts';
import { registerWriteTests } from './conformance/writes.ts';

/*
 * What the Realtime Database does, seen through the real Admin SDK and raw HTTP. It runs against
 * our stand-in, or, with CONFORMANCE_DATABASE_HOST=127.0.0.1:9000, against an official emulator
 * that is already running. For the trigger tests, the official emulator must send its events to
 * these tests: java -jar firebase-database-emulator-….jar --host 127.0.0.1 --port 9000
 * --functions_emulator_host 127.0.0.1 --functions_emulator_port 5001
 */
const harness = createHarness();

beforeAll(() => harness.start());
afterAll(() => harness.stop());

registerWriteTests(harness);
registerListenerTests(harness);
registerQueryTests(harness);
registerRestTests(harness);
registerAccessTests(harness);
registerTriggerTests(harness);
