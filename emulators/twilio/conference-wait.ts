import { fault } from './faults.ts';
import { resolveUrl } from './gather.ts';
import { languageOf } from './say-language.ts';
import type { HttpMethod } from './signed-request.ts';
import { untilAborted } from './until-aborted.ts';
import type { VerbContext } from './verbs.ts';

/** What one who is alone in a conference hears: again and again, until the signal is aborted. */
export async function playWhileWaiting(
  { url, method }: { readonly url: string; readonly method: HttpMethod },
  context: VerbContext,
  signal: AbortSignal,
): Promise<void> {
  let next = { url, method };
  while (!signal.aborted) {
    const document = await context.fetchDocument('conference-wait', next.url, next.method);
    if (signal.aborted) return;
    if ('fault' in document) {
      context.emit({ type: 'fault', fault: document.fault });
      return;
    }
    let paused = false;
    let redirected: string | undefined;
    for (const verb of document.verbs) {
      if (signal.aborted) return;
      if (verb.name === 'Say' && verb.text !== '') {
        context.emit({ type: 'said', text: verb.text, speaker: 'aurora', ...languageOf(verb) });
      } else if (verb.name === 'Play') {
        context.emit({ type: 'played', url: verb.text });
      } else if (verb.name === 'Pause') {
        paused = true;
        await untilAborted(context.wait(Number(verb.attributes.length ?? 1)), signal, undefined);
      } else if (verb.name === 'Redirect') {
        redirected = resolveUrl(verb.text, document.url);
        break;
      } else if (verb.name !== 'Say') {
        const message = `<${verb.name}> must not stand in what a conference waits with`;
        const found = fault('verb-not-allowed-here', message, document.url ?? '');
        context.emit({ type: 'fault', fault: found });
      }
    }
    if (redirected !== undefined) next = { url: redirected, method: 'POST' };
    if (!paused || context.timeScale === 0) return;
  }
}
