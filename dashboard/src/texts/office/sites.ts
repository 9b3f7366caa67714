/** Words of the sites. */
const en = {
  about:
    'The places where your workers are. Callers hear the assembly point and the emergency number of their site.',
  add: 'Add a site',
  edit: 'Edit the site',
  list: 'Sites',
  none: 'There is no site yet.',
  name: 'Name',
  address: 'Address',
  addressHint: 'Told to whoever is sent.',
  assemblyPoint: 'Assembly point',
  assemblyPointHint: 'Where people gather who had to leave.',
  emergencyNumber: 'Emergency number',
  emergencyNumberHint: 'Digits only. Empty: the number of the company.',
  emergencyNumberWrong: 'Digits only, such as 112 or +911234567890.',
  removeTitle: (name: string) => `Remove “${name}”?`,
  removeText: 'No worker and no number names this site. Calls of the past keep its id.',
  inUse: 'This site can’t be removed while somebody or something names it:',
  workers: (names: string) => `Workers: ${names}`,
  moreWorkers: (names: string) => `Workers: ${names} and more`,
  numbers: (numbers: string) => `Numbers: ${numbers}`,
  giveOthers: 'Give them another site first.',
  toWorkers: 'To the workers',
  toNumbers: 'To the numbers',
};

const hi: typeof en = {
  about:
    'वे जगहें जहाँ आपके कर्मचारी काम करते हैं। कॉल करने वाले को उनके स्थल का इकट्ठा होने की जगह और आपातकालीन नंबर बताया जाता है।',
  add: 'स्थल जोड़ें',
  edit: 'स्थल बदलें',
  list: 'स्थल',
  none: 'अभी कोई स्थल नहीं है।',
  name: 'नाम',
  address: 'पता',
  addressHint: 'जिसे भेजा जाता है, उसे बताया जाता है।',
  assemblyPoint: 'इकट्ठा होने की जगह',
  assemblyPointHint: 'जहाँ बाहर निकले लोग इकट्ठा होते हैं।',
  emergencyNumber: 'आपातकालीन नंबर',
  emergencyNumberHint: 'केवल अंक। खाली हो तो कंपनी का नंबर।',
  emergencyNumberWrong: 'केवल अंक, जैसे 112 या +911234567890।',
  removeTitle: (name) => `“${name}” को हटाएँ?`,
  removeText: 'इस स्थल से न कोई कर्मचारी जुड़ा है न कोई नंबर। पुरानी कॉल में इसकी आईडी बनी रहेगी।',
  inUse: 'यह स्थल तब तक नहीं हटाया जा सकता जब तक कोई इससे जुड़ा है:',
  workers: (names) => `कर्मचारी: ${names}`,
  moreWorkers: (names) => `कर्मचारी: ${names} और अन्य`,
  numbers: (numbers) => `नंबर: ${numbers}`,
  giveOthers: 'पहले उन्हें दूसरा स्थल दें।',
  toWorkers: 'कर्मचारियों पर जाएँ',
  toNumbers: 'नंबरों पर जाएँ',
};

export const sitesTexts = { en, hi };
