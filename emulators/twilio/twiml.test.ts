import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import { describe, expect, it } from 'vitest';
import { readDocument } from './voice-document.ts';

const URL = 'http://h/turn';
const document = (inner: string) => readDocument(`<Response>${inner}</Response>`, URL);

function verbs(inner: string) {
  const read = document(inner);
  if ('fault' in read) throw new Error(read.fault.message);
  return read;
}
const warnings = (inner: string) => verbs(inner).warnings.map(({ kind, code }) => [kind, code]);

describe('a document', () => {
  it("is read as twilio's builder writes it", () => {
    const response = new VoiceResponse();
    const gather = response.gather({
      input: ['dtmf', 'speech'],
      action: '/process-speech?call=a&turn=1-b',
      speechTimeout: 'auto',
      actionOnEmptyResult: true,
      numDigits: 1,
      hints: 'fire, gas leak',
      language: 'en-IN',
    });
    gather.say({ voice: 'Polly.Joanna', language: 'en-US' }, 'Is it <safe> & "quiet"?');
    response.redirect({ method: 'POST' }, '/start-call');
    const read = readDocument(response.toString(), URL);
    expect(read).toMatchObject({
      warnings: [],
      verbs: [
        {
          name: 'Gather',
          attributes: { action: '/process-speech?call=a&turn=1-b', numDigits: '1' },
          nested: [{ name: 'Say', text: 'Is it <safe> & "quiet"?' }],
        },
        { name: 'Redirect', text: '/start-call' },
      ],
    });
  });

  it('speaks SSML as its words', () => {
    const { verbs: read, warnings: found } = verbs(
      '<Say>Leave <break time="1s"/><emphasis>now</emphasis>, <sub alias="number one">no. 1</sub>.</Say>',
    );
    expect(read[0]?.text).toBe('Leave now, number one.');
    expect(found).toEqual([]);
  });

  it.each([
    ['an element that is not closed', '<Response><Say>x</Response>'],
    ['a bare ampersand', '<Response><Say>a & b</Say></Response>'],
    ['an unknown entity', '<Response><Say>&nbsp;</Say></Response>'],
    ['a control character', '<Response><Say>a\u0001b</Say></Response>'],
    ['a control character by number', '<Response><Say>&#1;</Say></Response>'],
    ['two roots', '<Response/><Response/>'],
    ['text after the root', '<Response/>x'],
    ['an attribute twice', '<Response><Say voice="man" voice="man">x</Say></Response>'],
    ['nothing', ''],
    ['text', 'hello'],
    ['space before the declaration', ' <?xml version="1.0"?><Response/>'],
  ])('is refused for %s', (_name, text) => {
    expect(readDocument(text, URL)).toMatchObject({
      fault: { kind: 'invalid-xml', code: 12100, severity: 'error', url: URL },
    });
  });

  it('is refused for another root', () => {
    expect(readDocument('<html/>', URL)).toMatchObject({ fault: { kind: 'wrong-root' } });
  });

  it('is refused over 64 KB, counted in bytes', () => {
    const padded = (bytes: number) => `<Response><!--${'é'.repeat(bytes / 2)}--></Response>`;
    const frame = padded(0).length;
    expect(readDocument(padded(64 * 1024 - frame), URL)).toMatchObject({ verbs: [] });
    expect(readDocument(padded(64 * 1024 - frame + 2), URL)).toMatchObject({
      fault: { kind: 'document-too-long', code: 11750 },
    });
  });
});

describe('a rule that is broken is reported, and the piece dropped', () => {
  it.each([
    ['an unknown verb', '<Sing>la</Sing>', 'unknown-verb', 12200],
    ['a verb in lower case', '<say>x</say>', 'unknown-verb', 12200],
    ['a verb that is not known here', '<Record/>', 'unknown-verb', 12200],
    ['text outside a verb', 'hello', 'stray-text', 12200],
    ['a Dial in a Gather', '<Gather><Dial>+1</Dial></Gather>', 'verb-not-allowed-here', 12200],
    ['a Gather in a Gather', '<Gather><Gather/></Gather>', 'verb-not-allowed-here', 12200],
    ['a Say in a Say', '<Say>a <Say>b</Say></Say>', 'verb-not-allowed-here', 12200],
    ['an unknown attribute', '<Say loud="true">x</Say>', 'unknown-attribute', 12200],
    ['an inherited name', '<Say constructor="x">x</Say>', 'unknown-attribute', 12200],
    ['a timeout of 0', '<Gather timeout="0"/>', 'invalid-attribute', 13313],
    ['a timeout in words', '<Gather timeout="auto"/>', 'invalid-attribute', 13313],
    ['numDigits of 0', '<Gather numDigits="0"/>', 'invalid-attribute', 13314],
    ['a letter as the last key', '<Gather finishOnKey="a"/>', 'invalid-attribute', 13310],
    ['an unknown input', '<Gather input="video"/>', 'invalid-attribute', 12200],
    ['an unknown method', '<Gather method="PUT"/>', 'invalid-attribute', 13312],
    ['a bad flag', '<Gather actionOnEmptyResult="yes"/>', 'invalid-attribute', 13338],
    ['a bad speechTimeout', '<Gather speechTimeout="1.5"/>', 'invalid-attribute', 13327],
    [
      'speechTimeout auto with a model',
      '<Gather speechTimeout="auto" speechModel="phone_call"/>',
      'invalid-attribute',
      13327,
    ],
    ['an unknown model', '<Gather speechModel="best"/>', 'invalid-attribute', 12200],
    ['a language that is none', '<Gather language="English"/>', 'invalid-attribute', 12200],
    ['501 hints', `<Gather hints="${'a,'.repeat(500)}a"/>`, 'invalid-attribute', 13330],
    ['a long hint', `<Gather hints="${'a'.repeat(101)}"/>`, 'invalid-attribute', 13330],
    ['a pause of 0', '<Pause length="0"/>', 'invalid-attribute', 13910],
    ['an unknown voice', '<Say voice="Joanna">x</Say>', 'invalid-attribute', 13512],
    ['a bad redirect', '<Redirect method="PUT">/x</Redirect>', 'invalid-attribute', 13710],
    ['a bad reason', '<Reject reason="tired"/>', 'invalid-attribute', 12200],
    ['a Gather in a Dial', '<Dial><Gather/></Dial>', 'verb-not-allowed-here', 12200],
    [
      'a Gather in a Conference',
      '<Dial><Conference>a<Gather/></Conference></Dial>',
      'verb-not-allowed-here',
      12200,
    ],
    [
      'a Conference beside a Number',
      '<Dial><Conference>a</Conference><Number>1</Number></Dial>',
      'verb-not-allowed-here',
      12200,
    ],
    ['a Conference without a name', '<Dial><Conference/></Dial>', 'verb-not-allowed-here', 12200],
    [
      'a bad mute',
      '<Dial><Conference muted="yes">a</Conference></Dial>',
      'invalid-attribute',
      13230,
    ],
    [
      'a bad end',
      '<Dial><Conference endConferenceOnExit="1">a</Conference></Dial>',
      'invalid-attribute',
      13231,
    ],
    [
      'a bad start',
      '<Dial><Conference startConferenceOnEnter="1">a</Conference></Dial>',
      'invalid-attribute',
      13232,
    ],
    [
      '251 participants',
      '<Dial><Conference maxParticipants="251">a</Conference></Dial>',
      'invalid-attribute',
      12200,
    ],
    [
      'an event that no conference has',
      '<Dial><Conference statusCallbackEvent="start finish">a</Conference></Dial>',
      'invalid-attribute',
      12200,
    ],
    [
      'a coach that is no call',
      '<Dial><Conference coach="anna">a</Conference></Dial>',
      'invalid-attribute',
      12200,
    ],
    ['a Say in a Start', '<Start><Say>a</Say></Start>', 'verb-not-allowed-here', 12200],
    [
      'an unknown track',
      '<Start><Transcription track="both"/></Start>',
      'invalid-attribute',
      12200,
    ],
    ['nothing to say', '<Say/>', 'say-empty', 13520],
    ['4097 characters', `<Say>${'a'.repeat(4097)}</Say>`, 'say-too-long', 13521],
    ['3001 for Polly', `<Say voice="Polly.Amy">${'a'.repeat(3001)}</Say>`, 'say-too-long', 13521],
    ['4096 that need more on the wire', `<Say>${'é'.repeat(800)}</Say>`, 'say-too-long', 13521],
  ])('%s', (_name, inner, kind, code) => {
    expect(warnings(inner)).toEqual([[kind, code]]);
  });

  it('keeps everything else of the document', () => {
    const read = verbs('<Sing/><Gather timeout="0" numDigits="1"><Dial/><Say>a</Say></Gather>');
    expect(read.verbs).toMatchObject([
      { name: 'Gather', attributes: { numDigits: '1' }, nested: [{ name: 'Say', text: 'a' }] },
    ]);
    expect(read.verbs[0]?.attributes).not.toHaveProperty('timeout');
  });

  it('does not speak what is too long', () => {
    expect(verbs(`<Say>${'a'.repeat(4097)}</Say>`).verbs[0]?.text).toBe('');
    expect(warnings(`<Say>${'a'.repeat(4096)}</Say>`)).toEqual([]);
  });

  it.each([
    '<Gather input="speech dtmf" finishOnKey="" timeout="5" speechTimeout="auto"/>',
    '<Gather language="multi" speechModel="deepgram_nova-3" speechTimeout="3"/>',
    '<Say voice="Google.en-US-Chirp3-HD-Kore" language="en-US" loop="2">x</Say>',
    '<Dial timeout="20" answerOnBridge="true"><Number>+15550100009</Number></Dial>',
    '<Play loop="0">/a.mp3</Play><Pause length="60"/><Hangup/>',
    '<Reject reason="busy"/>',
    '<Dial><Conference beep="onEnter" coach="CA00000000000000000000000000000001" waitUrl="" statusCallbackEvent="start end join leave">a</Conference></Dial>',
    '<Start><Transcription track="both_tracks" languageCode="hi-IN" statusCallbackUrl="/t"/></Start>',
    '<Stop><Transcription name="a"/></Stop>',
  ])('reports nothing for what Twilio accepts: %s', (inner) => {
    expect(warnings(inner)).toEqual([]);
  });
});
