/** What went over the line since the last `take`. */
export interface Traffic {
  requests: number;
  /** Bytes of the requests' paths, queries and bodies. */
  sent: number;
  /** Bytes of the answers' bodies. */
  received: number;
}

/** `fetch` that counts what it carries; headers are left out, they are the same for everybody. */
export function countedFetch(): { fetch: typeof fetch; take(): Traffic } {
  let traffic: Traffic = { requests: 0, sent: 0, received: 0 };
  return {
    async fetch(input, init) {
      const { pathname, search } = new URL(String(input));
      traffic.requests += 1;
      traffic.sent += Buffer.byteLength(pathname + search + String(init?.body ?? ''));
      const response = await fetch(input, init);
      const body = await response.text();
      traffic.received += Buffer.byteLength(body);
      const { status, headers } = response;
      return new Response(body, { status, headers });
    },
    /** Returns what was counted, and counts from zero again. */
    take() {
      const taken = traffic;
      traffic = { requests: 0, sent: 0, received: 0 };
      return taken;
    },
  };
}
