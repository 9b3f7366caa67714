import type { InsightsView } from '../../../api/types.ts';
import { hazardWords } from '../../../texts/hazards.ts';
import { insightsTexts } from '../../../texts/office/insights.ts';
import { type Language, type Texts, useLanguage, useTexts } from '../../../texts/texts.ts';
import { lengthOf } from '../../../ui/duration.ts';
import { plain } from '../../../ui/plain.ts';

export type InsightsTexts = typeof insightsTexts.en;

/** How numbers, days and names are told in a language. */
export interface Words {
  texts: InsightsTexts;
  page: Texts;
  language: Language;
  count: (value: number) => string;
  share: (part: number, whole: number) => string;
  length: (seconds: number | null) => string;
  /** A day of the calendar: `27 Nov`. */
  day: (day: string) => string;
  longDay: (day: string) => string;
  /** 0 is Monday. */
  weekday: (index: number) => string;
}

export function useWords(): Words {
  const language = useLanguage();
  return wordsIn(language, useTexts());
}

export function wordsIn(language: Language, page: Texts): Words {
  const texts = insightsTexts[language];
  const count = new Intl.NumberFormat(language);
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  const days = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' });
    return (day: string) => format.format(new Date(day));
  };
  const weekday = days({ weekday: 'long' });
  return {
    texts,
    page,
    language,
    count: (value) => count.format(value),
    share: (part, whole) => (whole === 0 ? '' : share.format(part / whole)),
    length: (seconds) => (seconds === null ? '' : lengthOf(seconds, language)),
    day: days({ day: 'numeric', month: 'short' }),
    longDay: days({ day: 'numeric', month: 'long', year: 'numeric' }),
    weekday: (index) => weekday(`2024-01-0${index + 1}`),
  };
}

export function hazardName({ texts, language }: Words, hazard: string | null): string {
  return hazard === null ? texts.hazards.none : hazardWords(hazard, language);
}

export function siteName({ texts }: Words, site: InsightsView['sites'][number]): string {
  return site.site_id === null ? texts.sites.none : plain(site.name ?? site.site_id);
}

type Worker = NonNullable<InsightsView['workers']>[number];

export function workerName({ texts }: Words, { worker_id, name }: Worker): string {
  if (name !== null) return plain(name);
  return worker_id === 'unknown' ? texts.workers.unknown : worker_id;
}

export function actionName({ texts, page }: Words, action: string | null): string {
  if (action === null) return texts.actions.none;
  return (page.call.actionsOf as Record<string, string>)[action] ?? action;
}
