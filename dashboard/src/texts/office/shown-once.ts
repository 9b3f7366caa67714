/** Words beside secrets that are told once. */
const en = {
  now: 'Copy it now: it is not shown again',
  copy: 'Copy',
  copied: 'Copied',
};

const hi: typeof en = {
  now: 'इसे अभी कॉपी करें: यह दोबारा नहीं दिखाया जाएगा',
  copy: 'कॉपी करें',
  copied: 'कॉपी हो गया',
};

export const shownOnceTexts = { en, hi };
