import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
// @ts-expect-error plain JavaScript, because it runs before anything is installed
import { needsInstall, stamp } from './install.mjs';

test('a fresh clone needs an install', () => {
  const folder = packageFolder({ installed: false });
  expect(needsInstall(folder)).toBe(true);
});

test('packages of unknown origin need an install', () => {
  expect(needsInstall(packageFolder())).toBe(true);
});

test('once it is done for this lock file, it is not needed again', () => {
  const folder = packageFolder();
  stamp(folder);
  expect(needsInstall(folder)).toBe(false);
});

test('another lock file needs an install', () => {
  const folder = packageFolder();
  stamp(folder);
  writeFileSync(path.join(folder, 'package-lock.json'), '{"lockfileVersion":3,"packages":{}}');
  expect(needsInstall(folder)).toBe(true);
});

test('packages that were removed need an install', () => {
  const folder = packageFolder();
  stamp(folder);
  rmSync(path.join(folder, 'node_modules'), { recursive: true });
  expect(needsInstall(folder)).toBe(true);
});

function packageFolder({ installed = true } = {}): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'package-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(path.join(folder, 'package-lock.json'), '{"lockfileVersion":3}');
  if (installed) mkdirSync(path.join(folder, 'node_modules'));
  return folder;
}
