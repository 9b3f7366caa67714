/** Words for lists in which the order matters. */
const en = {
  up: 'Move up',
  down: 'Move down',
  place: (name: string, place: number, count: number) => `${name}: place ${place} of ${count}`,
};

const hi: typeof en = {
  up: 'ऊपर करें',
  down: 'नीचे करें',
  place: (name, place, count) => `${name}: ${count} में से स्थान ${place}`,
};

export const orderedListTexts = { en, hi };
