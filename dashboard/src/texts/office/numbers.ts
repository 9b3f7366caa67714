/** The numbers that people dial. */
const en = {
  intro:
    'Workers call or write to one of these numbers. By the number that was dialled Aurora knows where a caller is who can not say it, and in which language to begin.',
  table: 'Numbers that people dial',
  number: 'Number',
  site: 'Site',
  noSite: 'No site',
  siteHint: 'Where whoever dials this number is taken to be, until they say otherwise.',
  languages: 'Languages',
  languagesHint: 'A call begins in the first one and offers the others.',
  ofCompany: (languages: string) => `The company’s: ${languages}`,
  companyLanguages: 'The company’s languages',
  ownLanguages: 'Languages of its own',
  ways: 'Reached by',
  voiceAndText: 'Call, SMS, WhatsApp where it is set up',
  edit: (number: string) => `The number ${number}`,
  saved: 'Saved. Calls follow within a minute.',
  noneTitle: 'Nobody can reach Aurora for your company',
  none: 'The company has no number yet. Ask the operator of this installation for one.',
  assignTitle: 'To get another number, or give one back',
  assign:
    'Numbers are bought and assigned by the operator of this installation, on the command line. This is what they type:',
  testTitle: 'To try it',
  test: 'Call the number from your own telephone and say “this is a drill”. You hear the first language, and the call appears under Live with the site. Or send an SMS with the same words. After a change wait a minute first. Tell the people on call before you say anything urgent: they would be fetched.',
};

const hi: typeof en = {
  intro:
    'कर्मचारी इनमें से किसी नंबर पर कॉल करते या लिखते हैं। मिलाए गए नंबर से Aurora जानती है कि जो बता न सके वह कहाँ है, और किस भाषा में शुरू करना है।',
  table: 'वे नंबर जो लोग मिलाते हैं',
  number: 'नंबर',
  site: 'स्थल',
  noSite: 'कोई स्थल नहीं',
  siteHint: 'इस नंबर पर कॉल करने वाला यहीं माना जाता है, जब तक वह कुछ और न कहे।',
  languages: 'भाषाएँ',
  languagesHint: 'कॉल पहली भाषा में शुरू होती है और बाकी भाषाएँ बताती है।',
  ofCompany: (languages) => `कंपनी की: ${languages}`,
  companyLanguages: 'कंपनी की भाषाएँ',
  ownLanguages: 'इसकी अपनी भाषाएँ',
  ways: 'कैसे पहुँचें',
  voiceAndText: 'कॉल, SMS, और जहाँ तैयार हो वहाँ WhatsApp',
  edit: (number) => `नंबर ${number}`,
  saved: 'सहेजा गया। एक मिनट में कॉल इसी के अनुसार होंगी।',
  noneTitle: 'आपकी कंपनी के लिए कोई Aurora तक नहीं पहुँच सकता',
  none: 'कंपनी के पास अभी कोई नंबर नहीं है। इस इंस्टॉलेशन के संचालक से माँगें।',
  assignTitle: 'और नंबर लेने या लौटाने के लिए',
  assign: 'नंबर इस इंस्टॉलेशन के संचालक खरीदते और कमांड लाइन से देते हैं। वे यह लिखते हैं:',
  testTitle: 'आज़माने के लिए',
  test: 'अपने फ़ोन से नंबर पर कॉल करें और कहें “यह एक अभ्यास है”। आपको पहली भाषा सुनाई देगी, और कॉल अपने स्थल के साथ लाइव में दिखेगी। या यही शब्द SMS करें। बदलाव के बाद पहले एक मिनट रुकें। कुछ भी गंभीर कहने से पहले ड्यूटी वालों को बता दें: उन्हें बुला लिया जाएगा।',
};

export const numbersTexts = { en, hi };
