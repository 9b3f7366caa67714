import { describe, expect, it } from 'vitest';
import type { Message } from '../../calls/model.ts';
import type { Situation } from '../assistant.ts';
import { loadManuals } from '../manual/manual.ts';
import { createEmbeddedAssistant } from './embedded.ts';
import { countWords } from './wording.ts';

const manuals = loadManuals();
const assistant = createEmbeddedAssistant({ manuals });
const WRITTEN: Situation = { urgency: 'NORMAL', emergency_number: '112', written: true };

const said = (role: 'user' | 'assistant', content: string, n: number): Message => ({
  id: `m00000${n}-abcdef-${role === 'user' ? 0 : 1}`,
  role,
  content,
  timestamp: '2025-10-04T14:30:00+05:30',
  sources: '',
});

describe('a reply that is read', () => {
  it('holds the whole card, each step on a line of its own, and its question last', async () => {
    const { reply, step } = await assistant.reply([], { text: 'there is a fire' }, WRITTEN);
    const fire = manuals.procedures.get('fire');
    const lines = reply.split('\n');
    const steps = (fire?.steps ?? []).map((text) => text.replace('{emergency_number}', '112'));
    expect(lines.filter((line) => steps.includes(line))).toEqual(steps);
    expect(step).toBe(steps.length - 1);
    expect(lines.at(-1)).toMatch(/\?$/);
  });

  it('is no longer than four messages, whatever the hazard', async () => {
    for (const card of manuals.procedures.values()) {
      const words = { text: `there is ${card.spoken}` };
      const { reply } = await assistant.reply([], words, { ...WRITTEN, hazard: card.id });
      expect(countWords(reply)).toBeLessThanOrEqual(200);
    }
  });

  it('says no step of a card a second time', async () => {
    const first = await assistant.reply([], { text: 'there is a fire' }, WRITTEN);
    const conversation = [said('user', 'there is a fire', 1), said('assistant', first.reply, 1)];
    const { hazard = '', step = 0 } = first;
    const second = await assistant.reply(
      conversation,
      { text: 'i am in hall 3' },
      { ...WRITTEN, urgency: 'CRITICAL', hazard, step },
    );
    for (const line of manuals.procedures.get('fire')?.steps ?? []) {
      expect(second.reply).not.toContain(line.replace('{emergency_number}', '112'));
    }
    expect(second.reply).toMatch(/\?$/);
  });

  it('asks for a message where a voice would ask for a key', async () => {
    const heard = await assistant.reply([], { text: 'hello' }, { ...WRITTEN, written: false });
    const read = await assistant.reply([], { text: 'hello' }, WRITTEN);
    expect(heard.reply).toContain('press 1');
    expect(read.reply).toContain('send 1');
  });

  it('names the emergency number to whoever becomes CRITICAL (I8)', async () => {
    for (const text of ['help', 'there is a fire', 'he is not breathing', 'gas leak']) {
      const { reply, urgency } = await assistant.reply([], { text }, WRITTEN);
      if (urgency === 'CRITICAL') expect(reply).toContain('112');
    }
    expect((await assistant.reply([], { text: 'help' }, WRITTEN)).urgency).toBe('CRITICAL');
  });
});
