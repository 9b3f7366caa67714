/**
 * Counts a company's archive from its documents as they lie in Firestore, knowing nothing of how
 * Aurora counts: what GET /api/insights should say, in its own shape.
 */
type Stored = Record<string, unknown>;
interface Message {
  id: string;
  role: string;
  content: string;
  timestamp: string;
  spoken?: boolean;
  grounding?: { rung: string; passages?: { id: string }[] };
}

export interface ArchiveAsked {
  calls: { call: Stored; messages: Message[] }[];
  from: string;
  to: string;
  siteId?: string;
  targets: { answer_seconds: number; acknowledge_seconds: number; takeover_seconds: number };
}

/** India has one offset all year. */
const OFFSET = 5.5 * 60 * 60 * 1_000;
const RUNGS = ['floor', 'model', 'hedge', 'passage', 'card', 'dialogue', 'person'];

export function countArchive({ calls, from, to, siteId, targets }: ArchiveAsked) {
  const asked = calls
    .map(({ call, messages }) => ({ call, messages, began: localOf(call.started_at) }))
    .filter(({ call, began }) => {
      const day = dayOf(began);
      return day >= from && day <= to && (siteId === undefined || call.site_id === siteId);
    });
  const all = asked.map(({ call }) => call);
  const replies = asked.flatMap(({ messages }) =>
    messages.filter(({ role, spoken }) => role === 'assistant' && spoken !== false),
  );
  const unanswered = asked.map(({ messages }) => unansweredIn(messages).length);
  const hours = Array.from({ length: 7 }, () => Array<number>(24).fill(0));
  for (const { began } of asked) {
    const row = hours[(began.getUTCDay() + 6) % 7] as number[];
    row[began.getUTCHours()] = (row[began.getUTCHours()] as number) + 1;
  }
  return {
    calls: all.length,
    days: daysFrom(from, to).map((day) => {
      const some = asked.filter(({ began }) => dayOf(began) === day).map(({ call }) => call);
      return { day, calls: some.length, ...byUrgency(some) };
    }),
    hours,
    urgency: byUrgency(all),
    medium: { Voice: having(all, 'medium', 'Voice'), Text: having(all, 'medium', 'Text') },
    hazards: tallied(all.map((call) => hazardOf(call))),
    rungs: RUNGS.map((rung) => ({
      rung,
      replies: replies.filter(({ grounding }) => grounding?.rung === rung).length,
    })),
    final_actions: tallied(all.map(({ final_action }) => final_action)),
    sites: grouped(all, 'site_id'),
    workers: grouped(all, 'worker_id'),
    unanswered: {
      questions: unanswered.reduce((sum, count) => sum + count, 0),
      calls: unanswered.filter((count) => count > 0).length,
    },
    passages: tallied(
      replies.flatMap(({ grounding }) => (grounding?.passages ?? []).map(({ id }) => id)),
    ),
    duration: spread(all.map(({ duration_seconds }) => Number(duration_seconds) * 1_000)),
    first_answer: spread(
      asked.map(({ messages }) => firstAnswer(messages)),
      targets.answer_seconds,
    ),
    acknowledgement: {
      ...spread(
        all.map((call) => since(call, seenAt(call))),
        targets.acknowledge_seconds,
      ),
      never: all.filter((call) => call.urgency === 'CRITICAL' && !seenAt(call).length).length,
    },
    takeover: {
      ...spread(
        all.map((call) => since(call, takenAt(call))),
        targets.takeover_seconds,
      ),
      never: all.filter((call) => call.urgency === 'CRITICAL' && !takenAt(call).length).length,
    },
  };
}

/** The same part of an answer, in an order of its own where the answer's does not matter. */
export function comparable(body: Record<string, unknown>): ReturnType<typeof countArchive> {
  const { calls, days, hours, urgency, medium, rungs, unanswered } = body;
  const { duration, first_answer, acknowledgement, takeover } = body as Record<string, object>;
  const lists = body as Record<string, Record<string, unknown>[]>;
  const pairs = (list: string, name: string, count: string) =>
    sorted((lists[list] ?? []).map((one) => [one[name], one[count]]));
  const groups = (list: string, name: string) =>
    sorted((lists[list] ?? []).map((one) => [one[name], one.calls, one.critical]));
  const { within_target: _, never: __, ...lasted } = duration as Record<string, unknown>;
  const { never: ___, ...answered } = first_answer as Record<string, unknown>;
  return {
    ...{ calls, days, hours, urgency, medium, rungs, unanswered, acknowledgement, takeover },
    hazards: pairs('hazards', 'hazard', 'calls'),
    final_actions: pairs('final_actions', 'final_action', 'calls'),
    passages: pairs('passages', 'passage_id', 'times'),
    sites: groups('sites', 'site_id'),
    workers: groups('workers', 'worker_id'),
    duration: lasted,
    first_answer: answered,
  } as unknown as ReturnType<typeof countArchive>;
}

export function unansweredIn(messages: readonly Message[]): string[] {
  return messages.flatMap((reply) => {
    if (reply.role !== 'assistant' || reply.spoken === false) return [];
    const asked = messages.find(({ id }) => id === reply.id.replace(/1$/, '0'));
    if (!asked || /^Pressed \d/.test(asked.content)) return [];
    // The demo speaks English.
    const isPerson = reply.grounding?.rung === 'person';
    const wasAskedForOne = /trying to reach a person, but|marked this call.*, but/.test(
      reply.content,
    );
    const hasNone = reply.grounding && reply.content.includes('I have no answer to that.');
    return (isPerson && !wasAskedForOne) || (!isPerson && hasNone) ? [asked.content] : [];
  });
}

function firstAnswer(messages: readonly Message[]): number | undefined {
  const words = messages.find(({ role }) => role === 'user');
  const reply = messages.find(({ id }) => id === words?.id.replace(/0$/, '1'));
  return words && reply && Date.parse(reply.timestamp) - Date.parse(words.timestamp);
}

function since(call: Stored, times: number[]): number | undefined {
  if (typeof call.urgent_since !== 'string' || times.length === 0) return undefined;
  return Math.max(0, Math.min(...times) - Date.parse(call.urgent_since));
}

function seenAt(call: Stored): number[] {
  const acknowledged = Object.values((call.acknowledged ?? {}) as Record<string, string>);
  return [...acknowledged.map(Date.parse), ...stepsOf(call, 'page_accepted'), ...takenAt(call)];
}

function takenAt(call: Stored): number[] {
  return stepsOf(call, 'taken_over');
}

function stepsOf({ timeline }: Stored, step: string): number[] {
  return Object.values((timeline ?? {}) as Record<string, { step: string; at: string }>)
    .filter((entry) => entry.step === step)
    .map(({ at }) => Date.parse(at));
}

function spread(times: readonly (number | undefined)[], target?: number) {
  const seconds = times
    .filter((time) => time !== undefined)
    .map((time) => rounded(time / 1_000))
    .sort((a, b) => a - b);
  const at = (share: number) => seconds[Math.ceil(seconds.length * share) - 1] ?? null;
  return {
    count: seconds.length,
    p50: at(0.5),
    p90: at(0.9),
    ...(target === undefined
      ? {}
      : { within_target: seconds.filter((one) => one <= target).length }),
  };
}

/** As docs/office.md says. */
function rounded(seconds: number): number {
  if (seconds < 10) return Math.round(seconds * 10) / 10;
  if (seconds < 600) return Math.round(seconds);
  return seconds < 3_600 ? Math.round(seconds / 10) * 10 : Math.round(seconds / 60) * 60;
}

function byUrgency(calls: readonly Stored[]) {
  const of = (urgency: string) => having(calls, 'urgency', urgency);
  return { CRITICAL: of('CRITICAL'), URGENT: of('URGENT'), NORMAL: of('NORMAL') };
}

function having(calls: readonly Stored[], field: string, value: unknown): number {
  return calls.filter((call) => call[field] === value).length;
}

function hazardOf({ facts }: Stored): unknown {
  return (facts as { hazard?: { value: string } } | undefined)?.hazard?.value ?? null;
}

function tallied(names: readonly unknown[]): unknown[][] {
  return sorted([...new Set(names)].map((name) => [name, names.filter((n) => n === name).length]));
}

function grouped(calls: readonly Stored[], field: string): unknown[][] {
  const names = [...new Set(calls.map((call) => call[field]))];
  return sorted(
    names.map((name) => {
      const some = calls.filter((call) => call[field] === name);
      return [name, some.length, having(some, 'urgency', 'CRITICAL')];
    }),
  );
}

function sorted(lists: unknown[][]): unknown[][] {
  return lists.sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
}

function localOf(timestamp: unknown): Date {
  return new Date((timestamp as { toMillis(): number }).toMillis() + OFFSET);
}

function dayOf(local: Date): string {
  return local.toISOString().slice(0, 10);
}

/** Today, or so many days before it, where the demo's plants are. */
export function dayAgo(days: number): string {
  return dayOf(new Date(Date.now() + OFFSET - days * 86_400_000));
}

function daysFrom(from: string, to: string): string[] {
  const days = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000) {
    days.push(dayOf(new Date(at)));
  }
  return days;
}
