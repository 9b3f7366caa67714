/**
 * Twilio's connection overrides: how long it waits for a webhook and when it tries again, told in
 * the URL's fragment, e.g. `https://host/path#rc=2&rp=ct,rt,5xx&rt=5000`. Ranges and defaults:
 * twilio.com/docs/usage/webhooks/webhooks-connection-overrides. The edge (`e`) and `sni` mean
 * nothing on one machine: they are accepted and ignored.
 */
import { type Fault, fault } from './faults.ts';

export type RetryReason = 'ct' | 'rt' | '4xx' | '5xx';

export interface ConnectionOverrides {
  /** Milliseconds to establish the connection. */
  readonly connectTimeout: number;
  /** Milliseconds until the first byte of the answer, and between bytes. */
  readonly readTimeout: number;
  /** Milliseconds for everything, retries included; Twilio's hard ceiling is 15 s. */
  readonly totalTimeout: number;
  readonly retryCount: number;
  readonly retryOn: ReadonlySet<RetryReason>;
}

const RANGES = {
  ct: { from: 100, to: 10_000, default: 5_000 },
  rt: { from: 100, to: 15_000, default: 15_000 },
  tt: { from: 100, to: 15_000, default: 15_000 },
  rc: { from: 0, to: 5, default: 1 },
} as const;
const RETRY_POLICIES: Record<string, readonly RetryReason[]> = {
  ct: ['ct'],
  rt: ['rt'],
  '4xx': ['4xx'],
  '5xx': ['5xx'],
  all: ['ct', 'rt', '4xx', '5xx'],
};
const IGNORED_KEYS = new Set(['e', 'sni']);

/**
 * A value that Twilio would refuse is reported and replaced by its default.
 * @param patience times as long as it says
 */
export function readConnectionOverrides(
  url: string,
  patience = 1,
): {
  overrides: ConnectionOverrides;
  faults: Fault[];
} {
  const faults: Fault[] = [];
  const hash = url.indexOf('#');
  const fields = new URLSearchParams(hash === -1 ? '' : url.slice(hash + 1));
  const refuse = (key: string) =>
    faults.push(
      fault('invalid-connection-override', `${key}=${fields.get(key)} is not allowed`, url),
    );

  const number = (key: keyof typeof RANGES): number => {
    const range = RANGES[key];
    const text = fields.get(key);
    if (text === null) return range.default;
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= range.from && value <= range.to) return value;
    refuse(key);
    return range.default;
  };

  const retryOn = new Set<RetryReason>();
  for (const policy of (fields.get('rp') ?? 'ct').split(',')) {
    const reasons = RETRY_POLICIES[policy.trim()];
    if (reasons === undefined) refuse('rp');
    for (const reason of reasons ?? []) retryOn.add(reason);
  }
  for (const key of fields.keys()) {
    if (!(key in RANGES) && key !== 'rp' && !IGNORED_KEYS.has(key)) refuse(key);
  }

  const overrides = {
    connectTimeout: number('ct'),
    readTimeout: patience * number('rt'),
    totalTimeout: patience * number('tt'),
    retryCount: number('rc'),
    retryOn,
  };
  return { overrides, faults };
}
