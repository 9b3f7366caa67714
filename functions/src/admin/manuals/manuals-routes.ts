import type { Firestore } from 'firebase-admin/firestore';
import type { Companies } from '../../access/companies.ts';
import type { Reply } from '../../assistant/assistant.ts';
import type { Pack } from '../../assistant/manual/packs.ts';
import type { Audit } from '../audit.ts';
import type { Route } from '../route.ts';
import { manualApproveRoutes } from './approve-route.ts';
import { cardRoutes } from './card-routes.ts';
import { passageRoutes } from './passage-route.ts';
import { manualPublishRoutes } from './publish-routes.ts';
import { manualReadRoutes } from './read-routes.ts';
import { manualTryRoutes } from './try-route.ts';
import { manualUploadRoutes } from './upload-routes.ts';

/** What the assistant answers to the first words of a call, if this were the company's pack. */
export type AskWithPack = (
  pack: Pack,
  words: { text: string; language: string; emergencyNumber: string },
) => Promise<Reply>;

export interface ManualsOptions {
  firestore: Firestore;
  audit: Audit;
  companies: Pick<Companies, 'of'>;
  /** Hazards for which there can be a card: those that Aurora recognizes. */
  hazards: ReadonlySet<string>;
  /** The cards that ship. */
  embedded: Pack;
  ask: AskWithPack;
  /** For companies without a number of their own. */
  emergencyNumber: string;
  /** Epoch milliseconds. */
  now: () => number;
}

/** A company's manuals and cards, from the draft to what callers hear. */
export function manualRoutes(options: ManualsOptions): Route[] {
  return [
    ...manualReadRoutes(options),
    ...manualUploadRoutes(options),
    ...manualApproveRoutes(options),
    ...manualPublishRoutes(options),
    ...manualTryRoutes(options),
    ...passageRoutes(options),
    ...cardRoutes(options),
  ];
}
