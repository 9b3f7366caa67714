/**
 * The commands of package.json: each installs and builds what it needs and no more, then runs under
 * Node 24, whatever Node the machine has. This part runs on a machine with nothing but git and
 * Node 20 or newer.
 */
import { admin } from './admin.mjs';
import { build } from './build.mjs';
import { check } from './check.mjs';
import { deadLetters } from './dead-letters.mjs';
import { evaluate } from './eval.mjs';
import { install } from './install.mjs';
import { monitoring } from './monitoring.mjs';
import { nodeBinary } from './node-binary.mjs';
import { run, runOrExit } from './processes.mjs';
import { screenshots } from './screenshots.mjs';
import { test } from './test.mjs';
import { train } from './train.mjs';
import { twilio } from './twilio.mjs';
import { watch } from './watch.mjs';

const COMMANDS = {
  async start(flags) {
    await install('.', 'functions', 'emulators', 'dashboard');
    await build();
    return run(nodeBinary(), ['emulators/suite.ts', ...flags]);
  },
  async test(flags) {
    await install('.', 'functions', 'emulators', 'dashboard');
    await build();
    return test(flags);
  },
  async check() {
    // The types of bench/ are checked, too.
    await install('.', 'functions', 'emulators', 'dashboard', 'bench');
    return check();
  },
  async bench(flags) {
    await install('.', 'functions', 'emulators', 'dashboard', 'bench');
    await build();
    return run(nodeBinary(), ['bench/run.ts', ...flags]);
  },
  async build() {
    await install('.', 'functions', 'dashboard');
    await build();
    return 0;
  },
  async call(flags) {
    await install('.', 'emulators');
    return run(nodeBinary(), ['emulators/twilio/call.ts', ...flags]);
  },
  async phone(flags) {
    await install('.', 'emulators');
    return run(nodeBinary(), ['emulators/twilio/answer.ts', ...flags]);
  },
  async explore(flags) {
    await install('.', 'functions', 'emulators');
    return run(nodeBinary(), ['test/explorer/explore.ts', ...flags]);
  },
  async eval(flags) {
    await install('.', 'functions');
    return evaluate(flags);
  },
  async train(flags) {
    await install('.', 'functions');
    return train(flags);
  },
  async admin(flags) {
    await install('.', 'functions');
    return admin(flags);
  },
  async screenshots(flags) {
    await install('.', 'functions', 'emulators', 'dashboard');
    await build();
    return screenshots(flags);
  },
  async watch(flags) {
    await install('.', 'functions');
    return watch(flags);
  },
  async 'dead-letters'(flags) {
    await install('.', 'functions');
    return deadLetters(flags);
  },
  async monitoring(flags) {
    await install('.', 'functions');
    return monitoring(flags);
  },
  async twilio(flags) {
    await install('.', 'functions', 'emulators');
    return twilio(flags);
  },
};

const [name, ...flags] = process.argv.slice(2);
if (Number.parseInt(process.versions.node, 10) < 20) {
  console.error(`Aurora needs Node 20 or newer to begin with; this is ${process.version}.`);
  process.exit(1);
}
if (!Object.hasOwn(COMMANDS, name ?? '')) {
  console.error(`Usage: npm run ${Object.keys(COMMANDS).join('|')} [-- flags]`);
  process.exit(1);
}
await runOrExit(() => COMMANDS[name](flags));
