/** The page on which somebody chooses a password. `page` are the words that stand in password.html itself. */
const en = {
  page: {
    title: 'Aurora: choose a password',
    tagline: 'The phone line for workers in danger',
    headline: 'Choose a password',
    explanation:
      '12 characters or more. A few words that do not belong together are good and easy to remember.',
    password: 'New password',
    repeated: 'The same again',
    shown: 'Show what I type',
    send: 'Set the password',
  },
  short: (length: number, least: number) => `That is ${length} of at least ${least} characters.`,
  different: 'The two are not the same. Type the second one again.',
  done: {
    headline: 'Your password is set',
    explanation:
      'Sign in with your e-mail address and this password. Every older session of yours has ended. You can close this page.',
  },
  linkInvalid: {
    headline: 'This link is not good any more',
    explanation:
      'A link works once and for a limited time, and a newer one replaces it. Ask whoever sent it for a new one.',
  },
  noLink: {
    headline: 'Open your link again',
    explanation:
      'This page needs the whole link that you were sent, up to its last character. If the page was loaded again, open the link once more: it is still good until it was used.',
  },
  refused: (reason: string) => `The password ${reason}.`,
  /** What the API says of a password, by its own words; what is not here shows as it is. */
  reasons: {} as Record<string, string>,
  tooManyTries: (wait: string) => `Too many tries from your network. Try again in ${wait}.`,
  second: 'a second',
  seconds: (count: number) => `${count} seconds`,
  minute: 'a minute',
  minutes: (count: number) => `${count} minutes`,
  silent:
    'No answer. Check your connection and try again: if it says that the link is not good any more, the password was set.',
  unexpected: (status: number) =>
    `Aurora could not set the password (status ${status}). Try again in a minute.`,
};

export type PasswordTexts = typeof en;

const hi: PasswordTexts = {
  page: {
    title: 'Aurora: पासवर्ड चुनें',
    tagline: 'ख़तरे में पड़े कर्मचारियों के लिए फ़ोन लाइन',
    headline: 'पासवर्ड चुनें',
    explanation: '12 या अधिक अक्षर। कुछ ऐसे शब्द जो आपस में जुड़े न हों, अच्छे रहते हैं और आसानी से याद रहते हैं।',
    password: 'नया पासवर्ड',
    repeated: 'वही दोबारा',
    shown: 'जो मैं लिखूँ वह दिखाएँ',
    send: 'पासवर्ड सेट करें',
  },
  short: (length, least) => `ये कम से कम ${least} में से ${length} अक्षर हैं।`,
  different: 'दोनों एक जैसे नहीं हैं। दूसरा फिर से लिखें।',
  done: {
    headline: 'आपका पासवर्ड सेट हो गया',
    explanation:
      'अपने ई-मेल पते और इस पासवर्ड से साइन इन करें। आपके सभी पुराने सत्र समाप्त हो गए हैं। यह पृष्ठ बंद कर सकते हैं।',
  },
  linkInvalid: {
    headline: 'यह लिंक अब नहीं चलता',
    explanation:
      'लिंक एक बार और सीमित समय तक चलता है, और नया लिंक उसे बदल देता है। जिसने भेजा था उनसे नया माँगें।',
  },
  noLink: {
    headline: 'अपना लिंक फिर से खोलें',
    explanation:
      'इस पृष्ठ को वह पूरा लिंक चाहिए जो आपको भेजा गया, आख़िरी अक्षर तक। अगर पृष्ठ फिर से लोड हुआ है तो लिंक एक बार और खोलें: उपयोग होने तक वह चलता है।',
  },
  refused: (reason) => `पासवर्ड ${reason}।`,
  reasons: {
    'must have 12 characters or more': 'में 12 या अधिक अक्षर होने चाहिए',
    'must have 1024 characters or fewer': 'में 1024 से अधिक अक्षर नहीं हो सकते',
    'must not be your e-mail address or your name': 'आपका ई-मेल पता या नाम नहीं हो सकता',
  },
  tooManyTries: (wait) => `आपके नेटवर्क से बहुत अधिक प्रयास। ${wait} बाद फिर प्रयास करें।`,
  second: 'एक सेकंड',
  seconds: (count) => `${count} सेकंड`,
  minute: 'एक मिनट',
  minutes: (count) => `${count} मिनट`,
  silent:
    'कोई उत्तर नहीं। कनेक्शन जाँचें और फिर प्रयास करें: अगर लिखा आए कि लिंक अब नहीं चलता, तो पासवर्ड सेट हो गया था।',
  unexpected: (status) =>
    `Aurora पासवर्ड सेट नहीं कर सका (स्थिति ${status})। एक मिनट बाद फिर प्रयास करें।`,
};

export const passwordTexts = { en, hi };
