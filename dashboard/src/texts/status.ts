/** The page that says what is running. `page` are the words that stand in status.html itself. */
const en = {
  page: {
    title: 'Aurora: what is running',
    tagline: 'The phone line for workers in danger',
    skip: 'Skip to the status',
    headline: 'Checking what is running',
    explanation: 'The first answer can take a few seconds.',
    check: 'Check again',
    live: 'Live calls',
    archive: 'Archive',
    version: 'Version',
    versionOf: 'of the functions',
    answered: 'Last answer',
    ownTime: 'in your own time',
    checking: 'Checking',
    noneYet: 'None yet',
    manual: 'Emergency manual',
    manualAdvice:
      'Aurora reads its instructions from this manual and names the procedure that it used.',
    firstCall: 'Place a first call',
    firstStart: 'In a clone of the repository, start everything.',
    firstPhone:
      'In a second terminal, pick up the telephone and type what the caller says: for example, that there is smoke in the paint shop.',
    firstEnd: 'Hang up with Ctrl-C. The call moves to the archive.',
    deployed: 'A deployed Aurora answers at its Twilio number instead. How to deploy one:',
    supervisors: 'For supervisors',
    controlRoom: 'Open the control room',
    programs:
      'Programs sign in, then send the access_token as a bearer token. It is good for one shift, and shows the calls of one company.',
    login: 'Sign in with e-mail address and password',
    active: 'The live calls, most urgent first',
    stream: 'The same as they change; in a terminal:',
    history: 'The history, with filters and search',
    openapi: 'Every route, described field by field',
    health: 'What this page shows, open to all',
    read: 'How to run, deploy and operate Aurora stands in the repository:',
  },
  silent: {
    headline: 'No answer from the API',
    explanation:
      'This page is served, but the functions behind it did not answer. Check your connection and that the functions are running.',
  },
  unexpected: {
    headline: 'The API gave an unexpected answer',
    explanation: (status: number) =>
      `It answered with status ${status} and no health report. The log of the function “api” says why.`,
  },
  away: {
    both: 'Both databases are away',
    realtimeDatabase: 'The Realtime Database is away',
    firestore: 'Firestore is away',
    explanation:
      'Callers are answered all the same: what is said waits in the task queue until it can be stored. Supervisors may see nothing, or old data.',
  },
  good: {
    headline: 'The API and both databases answer',
    explanation:
      'Callers are served by a function of their own. To be sure of that one, place a call.',
  },
  manual: {
    reviewed: (reviewed: number, procedures: number) =>
      `Procedures reviewed: ${reviewed} of ${procedures}`,
    none: 'No procedures found',
    noneAdvice: 'Aurora has nothing to read from. Check functions/manuals of this deployment.',
    all: 'Each procedure names who reviewed it, and when.',
    notOne: (count: string) => `${count}: not yet reviewed by a safety officer`,
    notAll: (count: string) => `${count}: the others are not yet reviewed by a safety officer`,
    advice:
      'Have a safety officer or a doctor review the procedures before anybody depends on this line. A review is written into the procedure itself.',
  },
  answers: 'Answers',
  noAnswer: 'No answer',
  notKnown: 'Not known',
};

export type StatusTexts = typeof en;

const hi: StatusTexts = {
  page: {
    title: 'Aurora: क्या चल रहा है',
    tagline: 'ख़तरे में पड़े कर्मचारियों के लिए फ़ोन लाइन',
    skip: 'सीधे स्थिति पर जाएँ',
    headline: 'जाँच हो रही है कि क्या चल रहा है',
    explanation: 'पहले उत्तर में कुछ सेकंड लग सकते हैं।',
    check: 'फिर जाँचें',
    live: 'लाइव कॉल',
    archive: 'अभिलेख',
    version: 'संस्करण',
    versionOf: 'फ़ंक्शनों का',
    answered: 'पिछला उत्तर',
    ownTime: 'आपके अपने समय में',
    checking: 'जाँच हो रही है',
    noneYet: 'अभी कोई नहीं',
    manual: 'आपातकालीन मैनुअल',
    manualAdvice: 'Aurora अपने निर्देश इसी मैनुअल से पढ़ता है और बताता है कि कौन सी प्रक्रिया काम में ली।',
    firstCall: 'पहली कॉल करें',
    firstStart: 'रिपॉज़िटरी की प्रति में सब कुछ शुरू करें।',
    firstPhone: 'दूसरे टर्मिनल में फ़ोन उठाएँ और लिखें कि कॉलर क्या कहता है: जैसे, पेंट शॉप में धुआँ है।',
    firstEnd: 'Ctrl-C से फ़ोन रखें। कॉल अभिलेख में चली जाती है।',
    deployed: 'तैनात किया गया Aurora अपने Twilio नंबर पर उत्तर देता है। तैनात कैसे करें:',
    supervisors: 'पर्यवेक्षकों के लिए',
    controlRoom: 'नियंत्रण कक्ष खोलें',
    programs:
      'प्रोग्राम साइन इन करते हैं, फिर access_token भेजते हैं। यह एक पाली तक चलता है और एक कंपनी की कॉलें दिखाता है।',
    login: 'ई-मेल पते और पासवर्ड से साइन इन',
    active: 'लाइव कॉल, सबसे गंभीर पहले',
    stream: 'वही, जैसे-जैसे बदलती हैं; टर्मिनल में:',
    history: 'इतिहास, फ़िल्टर और खोज के साथ',
    openapi: 'हर मार्ग, हर फ़ील्ड के विवरण के साथ',
    health: 'जो यह पृष्ठ दिखाता है, सबके लिए खुला',
    read: 'Aurora को चलाना, तैनात करना और संभालना रिपॉज़िटरी में बताया गया है:',
  },
  silent: {
    headline: 'API से कोई उत्तर नहीं',
    explanation:
      'यह पृष्ठ मिल रहा है, पर इसके पीछे के फ़ंक्शनों ने उत्तर नहीं दिया। अपना कनेक्शन जाँचें, और यह भी कि फ़ंक्शन चल रहे हैं।',
  },
  unexpected: {
    headline: 'API ने अनपेक्षित उत्तर दिया',
    explanation: (status) =>
      `उसने स्थिति ${status} के साथ उत्तर दिया, पर हाल नहीं बताया। फ़ंक्शन “api” के लॉग में कारण है।`,
  },
  away: {
    both: 'दोनों डेटाबेस उत्तर नहीं दे रहे',
    realtimeDatabase: 'Realtime Database उत्तर नहीं दे रहा',
    firestore: 'Firestore उत्तर नहीं दे रहा',
    explanation:
      'कॉल करने वालों को फिर भी उत्तर मिलता है: कही गई बातें सहेजे जाने तक कतार में रुकती हैं। पर्यवेक्षकों को कुछ नहीं, या पुरानी जानकारी दिख सकती है।',
  },
  good: {
    headline: 'API और दोनों डेटाबेस उत्तर दे रहे हैं',
    explanation: 'कॉल करने वालों को अलग फ़ंक्शन उत्तर देता है। उसे परखने के लिए एक कॉल करें।',
  },
  manual: {
    reviewed: (reviewed, procedures) => `समीक्षित प्रक्रियाएँ: ${procedures} में से ${reviewed}`,
    none: 'कोई प्रक्रिया नहीं मिली',
    noneAdvice: 'Aurora के पास पढ़ने को कुछ नहीं है। इस तैनाती का functions/manuals जाँचें।',
    all: 'हर प्रक्रिया में लिखा है कि उसकी समीक्षा किसने और कब की।',
    notOne: (count) => `${count}: सुरक्षा अधिकारी ने अभी समीक्षा नहीं की है`,
    notAll: (count) => `${count}: बाकी की समीक्षा सुरक्षा अधिकारी ने अभी नहीं की है`,
    advice:
      'इस लाइन पर किसी के भरोसा करने से पहले किसी सुरक्षा अधिकारी या डॉक्टर से प्रक्रियाओं की समीक्षा कराएँ। समीक्षा प्रक्रिया में ही लिखी जाती है।',
  },
  answers: 'उत्तर दे रहा है',
  noAnswer: 'उत्तर नहीं',
  notKnown: 'पता नहीं',
};

export const statusTexts = { en, hi };
