import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodes, toNode } from './arbitraries.ts';
import { etagOf, hashNode } from './hash.ts';
import { equalNodes } from './node.ts';

test('equal content has one hash, and different content another', () => {
  fc.assert(
    fc.property(nodes, nodes, (a, b) => {
      expect(hashNode(a) === hashNode(b)).toBe(equalNodes(a, b));
    }),
  );
});

test('is empty for nothing, which REST calls null_etag', () => {
  expect(hashNode(undefined)).toBe('');
  expect(etagOf(undefined)).toBe('null_etag');
  expect(etagOf(toNode(1))).toBe(hashNode(toNode(1)));
});

test('is the one that all SDKs agree on with the server', () => {
  // The values that the tests of firebase-js-sdk, firebase-android-sdk and firebase-ios-sdk check.
  const hash = (json: unknown) => hashNode(toNode(json));
  expect(hash(4)).toBe('eVih19a6ZDz3NL32uVBtg9KSgQY=');
  expect(hash(4.5623)).toBe('vf1CL0tIRwXXunHcG/irRECk3lY=');
  expect(hash('hey guys')).toBe('CUNLXWpCVoJE6z7z1vE57lGaKAU=');
  expect(hash(true)).toBe('E5z61QM0lN/U2WsOnusszCTkR8M=');
  expect(hash({ intNode: 4, doubleNode: 4.5623, stringNode: 'hey guys', boolNode: true })).toBe(
    '6Mc4jFmNdrLVIlJJjz2/MakTK9I=',
  );
  expect(hash({ root: { c: { '.value': 99, '.priority': 'abc' }, '.priority': 'def' } })).toBe(
    'Fm6tzN4CVEu5WxFDZUdTtqbTVaA=',
  );
});
