import type { InsightsView } from '../../../api/types.ts';

const none = { count: 0, p50: null, p90: null, within_target: null, never: null };

/** Insights as the API gives them; nothing happened but what is named. */
export function insightsOf(fields: Partial<InsightsView> = {}): InsightsView {
  return {
    from: '2026-11-01',
    to: '2026-11-30',
    time_zone: 'Asia/Kolkata',
    site_id: null,
    calls: 0,
    targets: { answer_seconds: 3, acknowledge_seconds: 60, takeover_seconds: 180 },
    days: [],
    hours: Array.from({ length: 7 }, () => Array<number>(24).fill(0)),
    urgency: { CRITICAL: 0, URGENT: 0, NORMAL: 0 },
    medium: { Voice: 0, Text: 0 },
    hazards: [],
    rungs: [],
    final_actions: [],
    sites: [],
    workers: null,
    unanswered: { questions: 0, calls: 0 },
    passages: [],
    duration: none,
    first_answer: none,
    acknowledgement: none,
    takeover: none,
    ...fields,
  };
}
