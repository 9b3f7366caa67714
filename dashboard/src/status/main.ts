import { firstLanguage, markPage } from '../texts/language.ts';
import { fillPage } from '../texts/page-words.ts';
import { statusTexts } from '../texts/status.ts';
import { type Asked, askHealth } from './health.ts';
import { databaseOf, manualOf, statusOf, timeOf } from './words.ts';

/** Milliseconds between two questions, while somebody looks at the page. */
const INTERVAL = 30_000;

const language = firstLanguage();
const texts = statusTexts[language];
const locale = navigator.language.startsWith(language) ? navigator.language : language;
markPage(language);
fillPage(texts.page);

const status = element('status');
const checkButton = element<HTMLButtonElement>('check');
let timer: number | undefined;
let asking = false;

checkButton.addEventListener('click', check);
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') check();
});
check();

/** Asks, shows the answer, and asks again later unless the page is out of sight. */
async function check(): Promise<void> {
  if (asking) return;
  asking = true;
  window.clearTimeout(timer);
  checkButton.disabled = true;
  status.setAttribute('aria-busy', 'true');
  show(await askHealth());
  status.setAttribute('aria-busy', 'false');
  checkButton.disabled = false;
  asking = false;
  if (document.visibilityState === 'visible') timer = window.setTimeout(check, INTERVAL);
}

function show(asked: Asked): void {
  const { tone, headline, explanation } = statusOf(asked, texts);
  status.dataset.tone = tone;
  write('headline', headline);
  write('explanation', explanation);
  const health = asked.kind === 'answered' ? asked.health : undefined;
  showDatabase('realtime-database', health?.databases.realtime_database);
  showDatabase('firestore', health?.databases.firestore);
  write('version', health?.version ?? texts.notKnown);
  if (health) {
    const answered = element<HTMLTimeElement>('answered');
    answered.dateTime = health.time;
    const { time, day } = timeOf(health.time, locale);
    answered.textContent = time;
    write('answered-day', day);
    showManual(health.manuals);
  } else if (element('manual').dataset.tone === 'waiting') {
    write('reviewed', texts.notKnown);
  }
}

function showDatabase(id: string, answering: 'ok' | 'away' | undefined): void {
  const { tone, text } = databaseOf(answering, texts);
  element(id).dataset.tone = tone;
  write(id, text);
}

function showManual(manuals: { procedures: number; reviewed: number }): void {
  const { tone, headline, explanation } = manualOf(manuals, texts);
  element('manual').dataset.tone = tone;
  write('reviewed', headline);
  write('review-advice', explanation);
  const share = element<HTMLProgressElement>('reviewed-share');
  share.hidden = manuals.procedures === 0;
  share.max = Math.max(1, manuals.procedures);
  share.value = manuals.reviewed;
}

/** Writes only what changed, so that screen readers hear news and not repetitions. */
function write(id: string, text: string): void {
  const target = element(id);
  if (target.textContent !== text) target.textContent = text;
}

function element<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no element "${id}".`);
  return found as T;
}
