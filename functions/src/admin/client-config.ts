import { z } from 'zod';
import { FINAL_ACTIONS, FinalAction, URGENCIES, Urgency } from '../calls/model.ts';
import { publicRoute, type Route } from './route.ts';

const ClientConfig = z.object({
  version: z.string(),
  api_base_url: z.url().meta({ description: 'Where Aurora is reached, Twilio included.' }),
  streams_base_url: z
    .url()
    .meta({ description: 'Put in front of the paths of streams: Hosting would hold them back.' }),
  time_zone: z.string().meta({ description: 'For companies that name none of their own.' }),
  urgencies: z.array(Urgency).meta({ description: 'From the least to the most urgent.' }),
  final_actions: z.array(FinalAction),
  limits: z.object({
    requests_per_minute: z.number().int(),
    streams_per_token: z.number().int(),
    stream_heartbeat_seconds: z.number().int(),
    stream_max_seconds: z.number().int(),
  }),
});
export type ClientConfig = z.infer<typeof ClientConfig>;

/** `GET /api/config`: what a client must know before it can do anything. Holds no secret. */
export function clientConfigRoute(
  config: Omit<ClientConfig, 'urgencies' | 'final_actions'>,
): Route {
  const body: ClientConfig = {
    ...config,
    urgencies: [...URGENCIES],
    final_actions: [...FINAL_ACTIONS],
  };
  return publicRoute({
    method: 'GET',
    path: '/api/config',
    summary: 'What a client must know: where streams are opened, limits, versions',
    tag: 'Aurora',
    answers: { 200: { description: 'The settings.', schema: ClientConfig } },
    handle: async () => ({ body }),
  });
}
