import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createStateKeeper } from './state.ts';

test('what was saved is restored by the next run', async () => {
  const folder = stateFolder();
  await createStateKeeper(folder, { tree: part({ leaves: 3 }) }).save();
  const next = part({});
  await createStateKeeper(folder, { tree: next }).load();
  expect(next.content).toEqual({ leaves: 3 });
});

test('a first run finds nothing to restore and makes the folder', async () => {
  const folder = path.join(stateFolder(), 'deep', 'inside');
  const fresh = part({ untouched: true });
  await createStateKeeper(folder, { tree: fresh }).load();
  expect(fresh.content).toEqual({ untouched: true });
  expect(readdirSync(folder)).toEqual([]);
});

test('only parts that have changed are written, and no temporary file stays', async () => {
  const folder = stateFolder();
  const parts = { first: part({ n: 1 }), second: part({ n: 1 }) };
  const keeper = createStateKeeper(folder, parts);
  await keeper.save();
  rmSync(path.join(folder, 'first.json'));
  parts.second.content = { n: 2 };
  await keeper.save();
  expect(readdirSync(folder)).toEqual(['second.json']);
  expect(JSON.parse(readFileSync(path.join(folder, 'second.json'), 'utf8'))).toEqual({ n: 2 });
});

test('saves that overlap end with the last content', async () => {
  const folder = stateFolder();
  const tree = part({ n: 0 });
  const keeper = createStateKeeper(folder, { tree });
  const saves = [1, 2, 3].map((n) => {
    tree.content = { n };
    return keeper.save();
  });
  await Promise.all(saves);
  expect(JSON.parse(readFileSync(path.join(folder, 'tree.json'), 'utf8'))).toEqual({ n: 3 });
});

test('a file that is no state is named, with the way out', async () => {
  const folder = stateFolder();
  writeFileSync(path.join(folder, 'tree.json'), '{"torn');
  await expect(createStateKeeper(folder, { tree: part({}) }).load()).rejects.toThrow(
    /tree\.json can't be loaded .* --fresh/,
  );
});

test('forgetting removes what was kept, the journal too, and nothing of others', async () => {
  const folder = stateFolder();
  const keeper = createStateKeeper(folder, { tree: part({ n: 1 }) });
  await keeper.save();
  mkdirSync(path.join(folder, 'journal', 'nested'), { recursive: true });
  writeFileSync(path.join(folder, 'notes.txt'), 'mine');
  await keeper.forget();
  expect(readdirSync(folder)).toEqual(['notes.txt']);
});

function part(content: object) {
  const held = {
    content,
    capture: () => held.content,
    restore(state: unknown) {
      held.content = state as object;
    },
  };
  return held;
}

function stateFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'state-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
