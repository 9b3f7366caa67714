import type { Saying } from '../status/words.ts';
import { firstLanguage, markPage } from '../texts/language.ts';
import { fillPage } from '../texts/page-words.ts';
import { passwordTexts } from '../texts/password.ts';
import { endOf, faultOf, hintOf, noLink } from './password-words.ts';
import { redeem, takeSecret } from './redeem.ts';

const language = firstLanguage();
const texts = passwordTexts[language];
markPage(language);
fillPage(texts.page);

const form = element<HTMLFormElement>('form');
const password = element<HTMLInputElement>('password');
const repeated = element<HTMLInputElement>('repeated');
const shown = element<HTMLInputElement>('shown');
const sendButton = element<HTMLButtonElement>('send');
const { headline, explanation } = texts.page;
let secret: string | undefined;

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void send();
});
shown.addEventListener('change', () => {
  for (const field of [password, repeated]) field.type = shown.checked ? 'text' : 'password';
});
// Another link that is opened in this tab changes what stands behind the # and nothing else.
window.addEventListener('hashchange', () => {
  if (window.location.hash !== '') begin();
});
begin();

function begin(): void {
  secret = takeSecret(window.location, window.history);
  if (secret === undefined) {
    end(noLink(texts));
    return;
  }
  say({ tone: 'waiting', headline, explanation });
  form.hidden = false;
  password.focus();
}

async function send(): Promise<void> {
  if (secret === undefined || sendButton.disabled) return;
  const fault = faultOf(password.value, repeated.value, texts);
  if (fault !== undefined) {
    hint(fault);
    return;
  }
  hint('');
  sendButton.disabled = true;
  form.setAttribute('aria-busy', 'true');
  const redeemed = await redeem(secret, password.value);
  form.setAttribute('aria-busy', 'false');
  sendButton.disabled = false;
  if (redeemed.kind === 'done' || redeemed.kind === 'link_invalid') {
    secret = undefined;
    form.reset();
    end(endOf(redeemed, texts));
    return;
  }
  hint(hintOf(redeemed, texts) ?? '');
}

function end(saying: Saying): void {
  form.hidden = true;
  say(saying);
  // What held the focus is gone: people who listen must not have to look for the news.
  element('headline').focus();
}

function say({ tone, headline, explanation }: Saying): void {
  element('choose').dataset.tone = tone;
  element('headline').textContent = headline;
  element('explanation').textContent = explanation;
}

function hint(text: string): void {
  const isFault = text !== '';
  for (const field of [password, repeated]) field.setAttribute('aria-invalid', String(isFault));
  element('fault').textContent = text;
  if (isFault) password.focus();
}

function element<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no element "${id}".`);
  return found as T;
}
