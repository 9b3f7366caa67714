import { setTimeout as sleep } from 'node:timers/promises';
import type { Conference, Participant } from './conference.ts';
import type { ConferenceNotice } from './conference-protocol.ts';
import { resolveUrl } from './gather.ts';
import { languageOf } from './say-language.ts';
import type { HttpMethod } from './signed-request.ts';
import { readAnswer } from './voice-document.ts';
import { createDelivery } from './webhook-delivery.ts';

export interface AnnouncementOptions {
  readonly accountSid: string;
  readonly authToken: string;
  readonly timeScale: number;
}

export interface Announcement {
  readonly conference: Conference;
  /** Undefined: everybody, who is in the conference when it is spoken. */
  readonly to: Participant | undefined;
  readonly url: string;
  readonly method: HttpMethod;
}

type Heard = Extract<ConferenceNotice, { type: 'said' | 'played' }>;

const MOST_REDIRECTS = 10;

/** Fetches what an AnnounceUrl says, has it heard, and tells the conference's status callback. */
export async function announce(
  { conference, to, url, method }: Announcement,
  { accountSid, authToken, timeScale }: AnnouncementOptions,
): Promise<void> {
  const delivery = createDelivery({ authToken, product: 'voice', emit: () => {} });
  const parameters = {
    AccountSid: accountSid,
    ApiVersion: '2010-04-01',
    ConferenceSid: conference.sid,
    FriendlyName: conference.name,
    ...(to !== undefined && { CallSid: to.callSid }),
  };
  const told = { AnnounceUrl: url, ...(to !== undefined && { CallSid: to.callSid }) };
  const failed = await play(url, method, MOST_REDIRECTS);
  if (failed === undefined) conference.report('announcement-end', told);
  else conference.report('announcement-fail', { ...told, ReasonAnnouncementFailed: failed });

  /** Returns why it can't be heard to its end. */
  async function play(
    from: string,
    how: HttpMethod,
    redirects: number,
  ): Promise<string | undefined> {
    const purpose = 'announcement';
    const answer = await delivery.deliver({ purpose, url: from, method: how, parameters });
    const document = answer.fault === undefined ? readAnswer(answer) : answer;
    if ('fault' in document) return document.fault.message;
    for (const verb of document.verbs) {
      if (verb.name === 'Say') {
        if (verb.text !== '') notify({ type: 'said', text: verb.text, ...languageOf(verb) });
      } else if (verb.name === 'Play') {
        notify({ type: 'played', url: verb.text });
      } else if (verb.name === 'Pause') {
        await sleep(Number(verb.attributes.length ?? 1) * 1000 * timeScale);
      } else if (verb.name === 'Redirect') {
        const next = resolveUrl(verb.text, document.url);
        if (next === undefined || redirects === 0) return 'a <Redirect> leads nowhere';
        return play(next, verb.attributes.method === 'GET' ? 'GET' : 'POST', redirects - 1);
      } else {
        return `<${verb.name}> must not stand in an announcement`;
      }
    }
    return undefined;
  }

  function notify(notice: Heard): void {
    const listeners = to === undefined ? conference.participants() : [to];
    for (const listener of listeners) {
      const isThere = conference.find(listener.callSid) === listener;
      if (isThere && !(to === undefined && listener.hold)) listener.notify(notice);
    }
  }
}
