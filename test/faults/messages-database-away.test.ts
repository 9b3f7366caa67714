import { describe, expect, it } from 'vitest';
import { sendSms } from '../../emulators/twilio/telephone.ts';
import { anyNumber, archived, liveValue, login, transcript } from '../journeys/support.ts';
import { PATIENCE, useSuite } from './support.ts';

describe('the Realtime Database away while somebody writes', PATIENCE, () => {
  const suite = useSuite();

  it('each message is answered, and all are one conversation afterwards, each once (I1, I2, I3)', async () => {
    const from = anyNumber();
    const callIds: (string | null)[] = [];
    async function write(body: string): Promise<string> {
      const sent = await sendSms({ baseUrl: suite().baseUrl, from, body });
      expect(sent.faults).toEqual([]);
      expect(sent.replies).not.toEqual([]);
      callIds.push(
        ...sent.exchanges.flatMap(({ request: { url } }) =>
          new URL(url).searchParams.getAll('call'),
        ),
      );
      return body;
    }

    const words = [await write('there is a fire in the paint shop')];
    await suite().stopServer('database');
    await expect(liveValue(suite(), 'active_calls')).rejects.toThrow('fetch failed');
    words.push(await write('i am at bay four'), await write('two people are hurt'));
    await suite().startServer('database');
    words.push(await write('they are outside now'));

    const [callId, ...others] = new Set(callIds);
    expect(others).toEqual([]);
    const end = await fetch(`${suite().baseUrl}/api/call/${callId}/end`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await login(suite())}`,
      },
      body: '{}',
    });
    expect(end.status).toBe(200);
    const { conversation } = await archived(suite(), callId ?? '', 8);
    const lines = transcript(conversation);
    expect(lines.filter((line) => line.startsWith('user: '))).toEqual(
      words.map((text) => `user: ${text}`),
    );
    expect(lines).toHaveLength(8);
  });
});
