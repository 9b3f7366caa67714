/** Puts words in place of those that stand in a page without a framework, by their `data-words`. */
export function fillPage(words: Readonly<Record<string, string>>): void {
  for (const element of document.querySelectorAll<HTMLElement>('[data-words]')) {
    const text = words[element.dataset.words ?? ''];
    if (text !== undefined) element.textContent = text;
  }
  if (words.title !== undefined) document.title = words.title;
}
