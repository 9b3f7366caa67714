import type { Owner } from '../calls/model.ts';
import { AuroraError } from '../errors.ts';

/** Another supervisor has the call; `owner` says who, and until when. */
export function taken(owner: Owner): AuroraError {
  return new AuroraError(
    409,
    'taken',
    'Another supervisor has this call. Ask them to transfer it to you.',
    {
      details: {
        holder: {
          admin_id: owner.id ?? null,
          epoch: owner.epoch,
          until: owner.until ?? null,
        },
      },
    },
  );
}

export function notYours(): AuroraError {
  return new AuroraError(
    409,
    'not_yours',
    'You do not have this call: take it over first. A lease that has lapsed can not be renewed.',
  );
}

export function callOver(): AuroraError {
  return new AuroraError(409, 'call_over', 'This call is over, so nobody can speak on it.');
}
