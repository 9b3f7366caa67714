import type { Site } from '../../access/directory.ts';
import type { FindWorker, KnownWorker } from '../../access/worker-lookup.ts';
import { type CallLanguages, startingLanguages } from '../../assistant/languages/choose.ts';
import { recognizeLanguage } from '../../assistant/languages/recognize-language.ts';
import { speaks } from '../../assistant/languages/wording.ts';
import { canBeTexted } from '../../calls/channel.ts';
import { baseOf, fullTag, sameLanguage } from '../../calls/language-tags.ts';
import { UNKNOWN_WORKER } from '../../calls/started.ts';
import { asError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { within } from '../../within.ts';
import type { Caller } from './callers.ts';

/** Milliseconds that a message waits to learn who sent it; the mirror finds out later, too. */
const LOOK_UP = 1_000;

export interface SendersOptions {
  findWorker: FindWorker;
  /** The emergency number of a worker's own site; undefined where it has none. */
  siteNumber: (companyId: string, siteId: string) => Promise<string | undefined>;
  log: Log;
}

/** Who sends a message to a site's number: everybody is served, known or not. Never rejects. */
export function createSenders({ findWorker, siteNumber, log }: SendersOptions) {
  return async function senderOf(site: Site, number: string): Promise<Caller> {
    const found = canBeTexted(number) ? await lookUp(site.companyId, number) : undefined;
    return {
      ...startingLanguages(site.languages, found?.worker.language, speaks),
      workerId: found?.worker.id ?? UNKNOWN_WORKER,
      siteId: found?.worker.siteId ?? site.siteId,
      timeZone: site.timeZone,
      emergencyNumber: found?.emergencyNumber ?? site.emergencyNumber,
    };
  };

  async function lookUp(companyId: string, number: string) {
    try {
      return await within(LOOK_UP, known(companyId, number));
    } catch (error) {
      log.warn('Who sent a message could not be looked up; they are served as unknown.', {
        error: asError(error),
      });
      return undefined;
    }
  }

  async function known(
    companyId: string,
    number: string,
  ): Promise<{ worker: KnownWorker; emergencyNumber: string | undefined } | undefined> {
    const worker = await findWorker(companyId, number);
    if (!worker) return undefined;
    const emergencyNumber = worker.siteId && (await siteNumber(companyId, worker.siteId));
    return { worker, emergencyNumber: emergencyNumber || undefined };
  }
}

export type FindSender = ReturnType<typeof createSenders>;

/**
 * The languages of a message: what it is written in, where Aurora has words in that; else what the
 * conversation was held in, else the sender's own.
 */
export function languagesOf(
  words: string,
  { language, languages }: CallLanguages,
  before: string | undefined,
): CallLanguages {
  const now = before ?? language;
  const written = recognizeLanguage(words);
  const next =
    written === undefined || !speaks(written) || sameLanguage(written, now)
      ? now
      : fullTag(baseOf(written), languages);
  const isListed = languages.some((known) => sameLanguage(known, next));
  return { language: next, languages: isListed ? languages : [...languages, next] };
}
