import { z } from 'zod';
import { AREAS } from '../../metrics/signal.ts';
import { SIGNALS, type SignalId, WINDOW } from '../../metrics/thresholds.ts';

const State = z.enum(['ok', 'warning', 'critical']);
const DatabaseName = z.enum(['realtime_database', 'firestore']);

const SignalView = z.object({
  id: z.enum(Object.keys(SIGNALS) as [SignalId, ...SignalId[]]),
  name: z.string(),
  state: State,
  value: z
    .number()
    .nullable()
    .meta({
      description: `Of the last ${WINDOW} minutes. null: nothing happened, or nobody knows.`,
    }),
  unit: z.enum(['count', 'percent', 'milliseconds', 'seconds']),
  warning: z.number().nullable().meta({ description: 'A greater value is a warning.' }),
  critical: z.number().nullable().meta({ description: 'A greater value is critical.' }),
  advice: z.string().nullable().meta({ description: 'What to do now; null while it is ok.' }),
  runbook: z.string().meta({ description: 'The heading that says more.' }),
  points: z
    .array(z.number().nullable())
    .nullable()
    .meta({ description: 'Over time, each of step_minutes; null for what is not counted.' }),
});

export const OperationsView = z
  .object({
    at: z.string(),
    from: z.string().meta({ description: 'When the first point begins.' }),
    step_minutes: z.number().int(),
    window_minutes: z.number().int().meta({ description: 'Minutes by which states are judged.' }),
    state: State,
    unread: z
      .array(DatabaseName)
      .meta({ description: 'Databases that gave no answer: what they hold is missing here.' }),
    areas: z.array(z.object({ id: z.enum(AREAS), state: State, signals: z.array(SignalView) })),
    rungs: z
      .array(z.object({ rung: z.string(), count: z.number().int() }))
      .meta({ description: 'Which rung answered how many turns, in all these minutes.' }),
    twilio_codes: z
      .array(z.object({ code: z.string(), count: z.number().int() }))
      .meta({ description: 'What Twilio told of failures, in all these minutes.' }),
    dead_letters: z
      .object({
        total: z.number().int(),
        kinds: z.array(
          z.object({
            reason: z.string(),
            count: z.number().int(),
            oldest_at: z.string().nullable(),
          }),
        ),
      })
      .nullable(),
  })
  .meta({ id: 'Operations' });
export type OperationsView = z.infer<typeof OperationsView>;
