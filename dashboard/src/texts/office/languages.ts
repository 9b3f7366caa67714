/** Words for the languages of calls. */
const en = {
  add: 'Add a language',
  first: 'calls begin in it',
  noWords: 'Aurora has no words of her own in it: use it only if your manuals have',
};

const hi: typeof en = {
  add: 'भाषा जोड़ें',
  first: 'कॉल इसी में शुरू होती है',
  noWords: 'Aurora के पास इसमें अपने शब्द नहीं हैं: केवल तब रखें जब आपके मैनुअल इसमें हों',
};

export const languagesTexts = { en, hi };
