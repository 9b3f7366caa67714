import { describe, expect, it } from 'vitest';
import { readConnectionOverrides } from './connection-overrides.ts';

const read = (fragment: string) => readConnectionOverrides(`http://h/x${fragment}`);

describe('connection overrides', () => {
  it("are Twilio's defaults where the URL has no fragment", () => {
    expect(read('')).toEqual({
      overrides: {
        connectTimeout: 5_000,
        readTimeout: 15_000,
        totalTimeout: 15_000,
        retryCount: 1,
        retryOn: new Set(['ct']),
      },
      faults: [],
    });
  });

  it('are read from the fragment', () => {
    expect(read('#rc=2&rp=ct,rt,5xx&rt=5000&ct=200&tt=9000&e=ashburn&sni=n')).toEqual({
      overrides: {
        connectTimeout: 200,
        readTimeout: 5_000,
        totalTimeout: 9_000,
        retryCount: 2,
        retryOn: new Set(['ct', 'rt', '5xx']),
      },
      faults: [],
    });
    expect(read('#rp=all').overrides.retryOn).toEqual(new Set(['ct', 'rt', '4xx', '5xx']));
  });

  it.each(['rc=6', 'rc=x', 'rt=99', 'tt=15001', 'ct=10001', 'rp=always', 'retries=2'])(
    'report what Twilio refuses: %s',
    (field) => {
      const { overrides, faults } = read(`#${field}`);
      expect(faults.map(({ kind }) => kind)).toEqual(['invalid-connection-override']);
      expect(overrides.retryCount).toBe(1);
      expect(overrides.readTimeout).toBe(15_000);
    },
  );
});
