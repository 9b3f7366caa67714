/** What the official emulator calls the namespace of a request that names none. */
const DEFAULT_NAMESPACE = 'fake-server';

const NAMESPACE = /^[a-zA-Z0-9_-]{1,100}$/;

/** The namespace of a request (`?ns=`); undefined when it is no possible name. */
export function namespaceOf(url: URL): string | undefined {
  const name = url.searchParams.get('ns') ?? DEFAULT_NAMESPACE;
  return NAMESPACE.test(name) ? name : undefined;
}
