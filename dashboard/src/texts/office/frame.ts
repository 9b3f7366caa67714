/** What is around every screen of the office. */
const en = {
  title: 'Office',
  navigation: 'Parts of the office',
  workers: 'Workers',
  sites: 'Sites',
  people: 'Supervisors',
  numbers: 'Numbers',
  onCall: 'On call',
  settings: 'Settings',
  keys: 'API keys',
  audit: 'Audit log',
  manuals: 'Manuals and cards',
  insights: 'Insights',
  operations: 'Operations',
};

const hi: typeof en = {
  title: 'कार्यालय',
  navigation: 'कार्यालय के भाग',
  workers: 'कर्मचारी',
  sites: 'स्थल',
  people: 'पर्यवेक्षक',
  numbers: 'नंबर',
  onCall: 'ड्यूटी पर',
  settings: 'सेटिंग्स',
  keys: 'API कुंजियाँ',
  audit: 'ऑडिट लॉग',
  manuals: 'मैनुअल और कार्ड',
  insights: 'विश्लेषण',
  operations: 'संचालन',
};

export const frameTexts = { en, hi };
