/** Shows a call on a terminal, line by line, as it happens. */
import { styleText } from 'node:util';
import type { Exchange, TelephoneEvent } from '../events.ts';
import { printable, wrap } from './terminal-text.ts';

export interface PrinterOptions {
  readonly write: (text: string) => void;
  readonly colours: boolean;
  /** Characters in a line. */
  readonly width: number;
  readonly verbose: boolean;
  /** What the caller does was typed here and stands on the terminal already. */
  readonly typedHere: boolean;
}

type Style = Parameters<typeof styleText>[0];

const NAME_WIDTH = 9;
const TIME_WIDTH = 9;

export function createPrinter(options: PrinterOptions) {
  const { write, colours, width, verbose, typedHere } = options;
  /** Of the answer that the next words come from. */
  let milliseconds: number | undefined;

  return { event, line, note, exchange };

  /** `name    123 ms  text`, the text wrapped under itself. */
  function line(name: string, text: string, style: Style, time = ''): void {
    const indent = ' '.repeat(NAME_WIDTH + TIME_WIDTH + 1);
    const lines = wrap(printable(text), Math.max(30, width - indent.length));
    const head = paint(style, name.padEnd(NAME_WIDTH)) + paint('dim', time.padStart(TIME_WIDTH));
    write(`${head} ${lines.join(`\n${indent}`)}\n`);
  }

  function note(text: string): void {
    write(`${paint('dim', printable(text))}\n`);
  }

  function event(happened: TelephoneEvent): void {
    switch (happened.type) {
      case 'said': {
        const time = milliseconds === undefined ? '' : `${Math.round(milliseconds)} ms`;
        milliseconds = undefined;
        if (happened.speaker === 'aurora') line('Aurora', happened.text, 'cyan', time);
        else line('Twilio', happened.text, 'red');
        break;
      }
      case 'played':
        line('Aurora', `plays ${happened.url}`, 'cyan');
        break;
      case 'paused':
        line('Aurora', `(pauses for ${happened.seconds} s)`, 'cyan');
        break;
      case 'speech': {
        const { text, confidence, spoken, language } = happened;
        const unsure = confidence !== null && confidence < 0.5 ? ` (heard at ${confidence})` : '';
        if (!typedHere) line('You', spoken ?? text + unsure, 'green');
        if (spoken !== undefined) {
          line('Twilio', `listens for ${language} and hears "${text}"${unsure}`, 'yellow');
        }
        break;
      }
      case 'keys':
        if (!typedHere) line('You', `press ${happened.keys}`, 'green');
        break;
      case 'silence':
        line('You', `(silent for ${happened.seconds} s)`, 'green');
        break;
      case 'unheard':
        line('You', `were not heard: ${happened.reason}`, 'yellow');
        break;
      case 'dialled':
        line('Twilio', `dials ${happened.numbers.join(', ')}: ${happened.status}`, 'yellow');
        break;
      case 'answered':
        note(happened.answeredBy === null ? 'Answered.' : `Answered (${happened.answeredBy}).`);
        break;
      case 'conference-joined':
        note(`In the conference ${happened.name}.`);
        break;
      case 'conference-started':
        note('You can be heard.');
        break;
      case 'conference-changed': {
        const { muted, hold, coaches } = happened;
        const to = coaches === null ? 'everybody' : `${coaches} only`;
        note(hold ? 'On hold.' : muted ? 'Muted.' : `Heard by ${to}.`);
        break;
      }
      case 'conference-left':
        note(`Out of the conference (${happened.reason}).`);
        break;
      case 'heard':
        line(happened.label ?? 'Other', happened.text, 'magenta');
        break;
      case 'spoke':
        if (!typedHere) line('You', happened.text, 'green');
        break;
      case 'updated-by-rest':
        line('Twilio', `the call was changed over REST (${happened.change})`, 'yellow');
        break;
      case 'fault': {
        const { code, message, url, severity } = happened.fault;
        line('Fault', `${severity} ${code}: ${message} [${url}]`, 'red');
        break;
      }
      case 'hung-up': {
        const who = {
          caller: 'You hung up',
          aurora: 'Aurora hung up',
          fault: 'The call broke off',
        };
        note(`${who[happened.by]} (${happened.status}).`);
        break;
      }
      case 'request-answered':
        exchange(happened.exchange);
        break;
      case 'call-started':
      case 'request-sent':
      case 'gather-opened':
      case 'status-callback':
        break;
    }
  }

  function exchange({ request, outcome, purpose, attempt, chaos }: Exchange): void {
    if (chaos === undefined) milliseconds = (milliseconds ?? 0) + outcome.milliseconds;
    if (!verbose && chaos === undefined) return;
    const result = outcome.outcome === 'answered' ? String(outcome.status) : outcome.message;
    const mishap = { copy: ', a copy', 'earlier-webhook': ', once more and late' };
    const times = attempt > 1 && chaos === undefined ? `, try ${attempt}` : '';
    const { pathname } = new URL(request.url);
    const what = `${purpose}${times}${chaos === undefined ? '' : mishap[chaos]}`;
    const time = `${Math.round(outcome.milliseconds)} ms`;
    line('', `${request.method} ${pathname} ${result} (${what})`, 'dim', time);
  }

  function paint(style: Style, text: string): string {
    return colours ? styleText(style, text, { validateStream: false }) : text;
  }
}
