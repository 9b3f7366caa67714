import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { OnCallView, WeekView } from '../../../api/types.ts';
import { askSignedIn } from '../../../session/session.ts';
import type { Reaching } from './on-call-fields.ts';

export interface Preview {
  moment: OnCallView;
  week: WeekView;
}

/** Milliseconds after which "now" is another moment. */
const MINUTE = 60_000;

/** Who would be fetched by what is being edited, saved or not. Absent moment: now; day: this week. */
export function usePreview(
  { steps, rota, days_off }: Reaching,
  moment: { at: string | undefined; from: string | undefined },
) {
  const asked = { reaching: { steps, rota, days_off }, ...moment };
  return useQuery({
    queryKey: ['on-call', asked],
    enabled: steps.length > 0,
    placeholderData: keepPreviousData,
    refetchInterval: moment.at === undefined ? MINUTE : false,
    queryFn: async ({ signal }) => {
      const asking = { body: asked, signal };
      return (await askSignedIn<Preview>('POST', '/api/on-call/preview', asking)).body;
    },
  });
}
