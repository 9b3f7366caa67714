import { claimDirectory } from './claim.ts';

/**
 * `node claim-on-signal.fixture.ts <base>`: says `ready`, claims a directory at the first input,
 * prints it, and holds it until its input ends.
 */
process.stdout.write('ready\n');
process.stdin.once('data', () => {
  const { directory } = claimDirectory(process.argv[2] as string);
  process.stdout.write(`${directory}\n`);
});
