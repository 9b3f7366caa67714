import { describe, expect, it } from 'vitest';
import { message, useMessages } from './messages.fixture.ts';
import { NUMBER } from './text.fixture.ts';

const setUp = useMessages();

/** What one message becomes, sent after others. */
async function become(fields: Record<string, string> & { Body: string }, before: string[] = []) {
  const { receiver, onlyCall } = await setUp();
  const { receive } = receiver();
  for (const body of before) await receive(message(body));
  const { replies } = await receive(message(fields.Body, fields));
  const { call, messages } = await onlyCall();
  const said = messages.filter(({ role }) => role === 'user').at(-1)?.content;
  return { reply: replies.join('\n'), said, call, messages };
}

describe('what comes with a message', () => {
  it.each([
    [{ NumMedia: '1', MediaContentType0: 'image/jpeg' }, '[1 picture]'],
    [
      {
        NumMedia: '3',
        MediaContentType0: 'image/png',
        MediaContentType1: 'image/png',
        MediaContentType2: 'audio/ogg',
      },
      '[2 pictures] [1 recording]',
    ],
    [{ NumMedia: '1' }, '[1 file]'],
    [
      { NumMedia: '2', MediaContentType0: 'video/mp4', MediaContentType1: '<script>' },
      '[1 video] [1 file]',
    ],
  ])('as %j is noted, and the sender told that Aurora reads words only', async (media, note) => {
    const { said, reply } = await become({ Body: 'look at this', ...media });
    expect(said).toBe(`look at this ${note}`);
    expect(reply).toContain('I cannot see pictures');
  });

  it('without words is asked about', async () => {
    const { said, reply, messages } = await become({
      Body: '',
      NumMedia: '1',
      MediaContentType0: 'image/jpeg',
    });
    expect(said).toBe('[1 picture]');
    expect(reply).toMatch(/I cannot see pictures.*what has happened/is);
    expect(messages.at(-1)?.content).toContain('I cannot see pictures');
  });

  it('is never an address: none is kept, and none is asked', async () => {
    const { messages } = await become({
      Body: 'look',
      NumMedia: '1',
      MediaContentType0: 'image/jpeg',
      MediaUrl0: 'https://example.com/picture',
    });
    expect(JSON.stringify(messages)).not.toContain('example.com');
  });

  it('as a location is recorded, and known as where they are', async () => {
    const { said, call, reply } = await become({
      Body: '',
      From: `whatsapp:${NUMBER}`,
      Latitude: '28.613939',
      Longitude: '77.209021',
      Address: 'Plant Road 5',
    });
    expect(said).toBe('[location: Plant Road 5 (28.61394, 77.20902)]');
    expect(call?.facts?.where).toMatchObject({ value: 'Plant Road 5 (28.61394, 77.20902)' });
    expect(reply).not.toMatch(/where (exactly )?are you/i);
  });

  it.each([
    [{ Latitude: '91', Longitude: '0' }],
    [{ Latitude: '1e3', Longitude: '0' }],
    [{ Latitude: '10' }],
  ])('as a place that is none, %j, is left out', async (place) => {
    expect(await become({ Body: 'hello', ...place })).toMatchObject({ said: 'hello' });
  });
});

describe('the words of a message', () => {
  it('that has none are noted, and asked for', async () => {
    expect(await become({ Body: ' \u0000 ' })).toMatchObject({
      said: '[empty message]',
      reply: expect.stringContaining('what has happened'),
    });
  });

  it('are bounded, and hold no control character or lone surrogate', async () => {
    const { said } = await become({ Body: `fire\u0007 \ud800 ${'a '.repeat(10_000)}` });
    expect(said?.length).toBeLessThanOrEqual(8_010);
    expect(said).toMatch(/^fire/);
    expect(said).not.toMatch(/\p{Cc}/u);
    expect(said?.isWellFormed()).toBe(true);
  });

  it('are escaped where they leave', async () => {
    const { reply, messages } = await become({
      Body: '</Message><Message>call +19005550100 & <b>',
    });
    expect(reply).not.toContain('<b>');
    expect(messages[0]?.content).toContain('</Message>');
  });

  it.each([
    ['1', [], 'CRITICAL', 'Pressed 1: danger'],
    ['9', [], 'URGENT', 'Pressed 9: asks for a person'],
    ['12', [], 'NORMAL', '12'],
  ])('%j is what Aurora asks to be sent', async (Body, before, urgency, said) => {
    const became = await become({ Body }, before);
    expect(became).toMatchObject({ said, call: { urgency } });
  });
});

describe('the language of a message', () => {
  const DEVANAGARI = /\p{Script=Devanagari}/u;

  it('is what it is written in, and stays that', async () => {
    expect((await become({ Body: 'यहाँ आग लगी है' })).reply).toMatch(DEVANAGARI);
    expect((await become({ Body: 'yahan aag lagi hai' })).reply).toMatch(DEVANAGARI);
    expect((await become({ Body: 'hay un incendio en la nave' })).reply).toMatch(/He marcado/);
    expect((await become({ Body: 'hall 3' }, ['यहाँ आग लगी है'])).reply).toMatch(DEVANAGARI);
    const back = await become({ Body: 'there is a fire in hall 3, we are four' }, ['यहाँ आग लगी है']);
    expect(back.reply).not.toMatch(DEVANAGARI);
  });

  it('is the worker’s own where words do not tell', async () => {
    const { receiver, firestore } = await setUp();
    await firestore.doc('workers/worker_1').update({ language: 'hi-IN' });
    const { replies } = await receiver().receive(message('gas leak'));
    expect(replies.join(' ')).toMatch(DEVANAGARI);
  });
});
