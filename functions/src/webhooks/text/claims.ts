import type { z } from 'zod';
import { KeptReply, TextTurn } from '../../calls/texts.ts';
import { AuroraError } from '../../errors.ts';
import type { LiveDatabase } from '../../live-database.ts';
import { live } from '../../paths.ts';

export interface Claims {
  read(companyId: string, key: string): Promise<TextTurn | undefined>;
  /** Claims the key; resolves to the claim that stands, perhaps another's. */
  claim(companyId: string, key: string, turn: TextTurn): Promise<TextTurn>;
  /** Resolves to the reply that is kept, perhaps another's. */
  agree(companyId: string, key: string, reply: KeptReply): Promise<KeptReply>;
  record(companyId: string, key: string): Promise<void>;
}

/**
 * Each step is create-if-absent, so that whoever repeats a turn, on whatever instance, comes to the
 * same call, place and reply (I3). Rejects when the database can't say.
 */
export function createClaims(database: LiveDatabase): Claims {
  return {
    async read(companyId, key) {
      const { value } = await database.read(live.textTurn(companyId, key));
      return value === null ? undefined : checked(TextTurn, value);
    },
    async claim(companyId, key, turn) {
      const outcome = await database.create(live.textTurn(companyId, key), turn);
      return outcome.done ? turn : checked(TextTurn, outcome.value);
    },
    async agree(companyId, key, reply) {
      const outcome = await database.create(live.textReply(companyId, key), reply);
      return outcome.done ? reply : checked(KeptReply, outcome.value);
    },
    async record(companyId, key) {
      await database.create(live.textRecorded(companyId, key), true);
    },
  };
}

function checked<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new AuroraError(500, 'malformed_text_turn', 'A claim does not have its schema.', {
    retryable: false,
  });
}
