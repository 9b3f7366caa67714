/**
 * Real-time transcription of a leg: `<Start><Transcription>` until `<Stop>` or the end of the call.
 * What the leg says is its inbound track, also while it is muted in a conference; what it hears is
 * the outbound one.
 *
 * Differs from Twilio: words are transcribed whole, at once and always with the same confidence; a
 * partial result is the first half of them; which numbers its errors have is not documented.
 */
import { type Fault, fault } from './faults.ts';
import { resolveUrl, unresolvable } from './gather.ts';
import { newSid } from './parameters.ts';
import type { HttpMethod, Parameters } from './signed-request.ts';
import { mishear } from './speech-recognition.ts';
import type { TwimlElement } from './twiml-document.ts';
import type { Webhook } from './webhook-delivery.ts';

/** `off`: the account has none, and nothing is told; `fails`: it starts and fails at once. */
export type TranscriptionMode = 'on' | 'off' | 'fails';

export interface TranscriptionsOptions {
  readonly accountSid: string;
  readonly callSid: string;
  readonly mode: TranscriptionMode;
  /** The language that is spoken at this end, BCP 47. */
  readonly speaks: string | undefined;
  /** Sends a callback that nothing waits for. */
  readonly send: (webhook: Webhook) => void;
}

type Track = 'inbound_track' | 'outbound_track';

interface Running {
  readonly name: string;
  readonly language: string;
  readonly partialResults: boolean;
  readonly tracks: ReadonlySet<Track>;
  report(event: string, particulars: Parameters): void;
}

const CONFIDENCE = 0.94;
const STABILITY = '0.8';

export function createTranscriptions(options: TranscriptionsOptions) {
  const { accountSid, callSid, mode, speaks, send } = options;
  let running: Running[] = [];

  return {
    start,
    /** @param name undefined for all of them */
    stop(name?: string): void {
      const stopped = running.filter((each) => name === undefined || each.name === name);
      running = running.filter((each) => !stopped.includes(each));
      for (const { report } of stopped) report('transcription-stopped', {});
    },
    /** @param language of the words, where they are not in the one that is spoken at this end */
    said: (text: string, language = speaks) => hear('inbound_track', text, language),
    heard: (text: string) => hear('outbound_track', text, undefined),
  };

  function start(noun: TwimlElement, documentUrl: string | undefined): Fault | undefined {
    const { attributes } = noun;
    const { statusCallbackUrl, name = '', track = 'both_tracks' } = attributes;
    const url = statusCallbackUrl === undefined ? '' : resolveUrl(statusCallbackUrl, documentUrl);
    if (url === undefined) {
      return unresolvable('Transcription statusCallbackUrl', statusCallbackUrl, documentUrl);
    }
    if (name !== '' && running.some((each) => each.name === name)) {
      const message = 'a transcription of this name is running already';
      return fault('transcription-name-taken', message, documentUrl ?? '');
    }
    if (mode === 'off') return undefined;
    const language = attributes.languageCode ?? 'en-US';
    const partialResults = attributes.partialResults === 'true';
    const how = attributes.statusCallbackMethod === 'GET' ? 'GET' : 'POST';
    const report = createReport(url, how, language);
    report('transcription-started', {
      ...(name !== '' && { Name: name }),
      Track: track,
      PartialResults: String(partialResults),
      ...(attributes.inboundTrackLabel && { InboundTrackLabel: attributes.inboundTrackLabel }),
      ...(attributes.outboundTrackLabel && { OutboundTrackLabel: attributes.outboundTrackLabel }),
      TranscriptionEngine: attributes.transcriptionEngine ?? 'google',
      ProviderConfiguration: JSON.stringify({ speechModel: attributes.speechModel ?? 'telephony' }),
    });
    if (mode === 'fails') {
      report('transcription-error', {
        TranscriptionErrorCode: '32655',
        TranscriptionError: 'The transcription engine is not available.',
      });
      return undefined;
    }
    const both: Track[] = ['inbound_track', 'outbound_track'];
    const tracks = new Set(both.filter((each) => track === 'both_tracks' || track === each));
    running = [...running, { name, language, partialResults, tracks, report }];
    return undefined;
  }

  function createReport(url: string, how: HttpMethod, language: string): Running['report'] {
    const transcriptionSid = newSid('GT');
    let sequence = 0;
    return (event, particulars) => {
      sequence += 1;
      if (url === '') return;
      const parameters = {
        AccountSid: accountSid,
        CallSid: callSid,
        TranscriptionSid: transcriptionSid,
        TranscriptionEvent: event,
        LanguageCode: language,
        SequenceNumber: String(sequence),
        Timestamp: new Date().toISOString(),
        ...particulars,
      };
      send({ purpose: 'transcription', url, method: how, parameters });
    };
  }

  function hear(track: Track, text: string, spoken: string | undefined): void {
    if (text.trim() === '') return;
    for (const { tracks, language, partialResults, report } of running) {
      if (!tracks.has(track)) continue;
      const misheard = mishear(text, spoken, language);
      const transcript = misheard?.text ?? text;
      const words = transcript.split(' ');
      if (partialResults && words.length > 1) {
        const soFar = words.slice(0, Math.ceil(words.length / 2)).join(' ');
        report('transcription-content', {
          Track: track,
          Final: 'false',
          Stability: STABILITY,
          TranscriptionData: JSON.stringify({ transcript: soFar }),
        });
      }
      const confidence = misheard?.confidence ?? CONFIDENCE;
      report('transcription-content', {
        Track: track,
        Final: 'true',
        TranscriptionData: JSON.stringify({ transcript, confidence }),
      });
    }
  }
}
