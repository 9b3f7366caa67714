import { useEffect } from 'react';
import type { CallView } from '../api/types.ts';
import { askSignedIn } from '../session/session.ts';
import leaseWorkerUrl from './lease-worker.ts?worker&url';

/** The page may only make workers of addresses that this policy lets through: its own. */
const policy = window.trustedTypes?.createPolicy('aurora-lease-worker', {
  createScriptURL: (url: string) => {
    if (url === leaseWorkerUrl) return url;
    throw new TypeError('This page makes workers of its own files only.');
  },
});

/** Renews the lease of a call that I have, for as long as this page is open. */
export function useLease(call: CallView, isMine: boolean): void {
  const { call_id, status, owner } = call;
  const epoch = owner?.epoch;
  const renews = isMine && status === 'ACTIVE' && owner?.leg === undefined;
  useEffect(() => {
    if (!renews || epoch === undefined) return undefined;
    const renew = () =>
      // The stream tells what became of it: a lease that is lost shows as another owner.
      void askSignedIn('POST', `/api/call/${call_id}/lease`, { body: { epoch } }).catch(() => {});
    const url = policy ? policy.createScriptURL(leaseWorkerUrl) : leaseWorkerUrl;
    const worker = new Worker(url as string, { type: 'module' });
    worker.onmessage = renew;
    renew();
    return () => worker.terminate();
  }, [renews, epoch, call_id]);
}

declare global {
  interface Window {
    trustedTypes?: {
      createPolicy(
        name: string,
        rules: { createScriptURL: (url: string) => string },
      ): { createScriptURL(url: string): unknown };
    };
  }
}
