/** The company's settings. */
const en = {
  company: 'Company',
  name: 'Name',
  timeZone: 'Time zone',
  timeZoneHint: 'The clock of shifts, insights and everything that is shown.',
  emergencyNumber: 'Emergency number',
  emergencyNumberHint:
    'Told to callers, and reached when nobody comes. A site can have its own. Empty: the one of this installation.',
  emergencyNumberForm: 'Digits only, such as 112 or +911234567890.',
  languages: 'Languages',
  languagesHint:
    'A call begins in the first one and offers the others. A number can have its own, under Numbers.',
  callers: 'Callers',
  callBack: 'Call lost callers back',
  callBackHint:
    'Whose call broke off in danger, or who never said a word, is rung up to three times; then people are fetched. Switch it off where a telephone that rings can betray somebody who hides.',
  dialEmergency: 'Dial the emergency number when nobody comes',
  dialEmergencyHint:
    'Into the call, after the last step of On call. Switched off, Aurora speaks the number instead.',
  unanswered: 'Questions that no manual answers',
  unansweredHint:
    'Whoever asks for a person, presses 9, stays silent or is in danger has people fetched in any case.',
  unansweredAlways: 'Fetch people for each of them',
  unansweredUrgent: 'Fetch people only where the question or the call is urgent',
  countries: 'Countries that may be rung or texted',
  countriesHint:
    'Callers from elsewhere are answered too, but never called back: forged numbers abroad cost money.',
  countriesNone: 'The country of the number that was dialled',
  countryUnknown: 'There is no such country.',
  access: 'Who sees what',
  visibility: 'Calls',
  visibilityCompany: 'Every supervisor sees every call',
  visibilityCompanyHint: 'Nobody is missed because the right person is away.',
  visibilityOwn: 'Supervisors see the calls of their own workers',
  visibilityOwnHint:
    'And those that are critical, of unknown callers, or held by somebody. Company admins see every call.',
  secondFactor: 'Require a second factor',
  secondFactorHint: 'A code from an app beside the password, for everybody who signs in.',
  keeping: 'How long calls are kept',
  retention: 'Days that calls are kept',
  retentionHint:
    'Each night, calls that ended longer ago are removed with all that was said in them. Calls under a legal hold stay, and so does the audit log. At least 30 days. Empty: nothing is removed.',
  retentionNone: 'For ever',
  targets: 'Targets',
  targetsHint:
    'What you ask of yourselves. Insights tell how often each was met; nothing else follows.',
  targetsOf: {
    answer_seconds: {
      label: 'Seconds until Aurora answers',
      hint: 'From the caller’s first words.',
    },
    acknowledge_seconds: {
      label: 'Seconds until somebody accepts',
      hint: 'From the urgent words.',
    },
    takeover_seconds: {
      label: 'Seconds until somebody has the call',
      hint: 'From the urgent words.',
    },
  },
  between: (least: number, most: number) => `A whole number from ${least} to ${most}.`,
  labels: {
    name: 'Name',
    time_zone: 'Time zone',
    languages: 'Languages',
    emergency_number: 'Emergency number',
    visibility: 'Calls',
    retention_days: 'Days that calls are kept',
    require_totp: 'Require a second factor',
    answer_seconds: 'Seconds until Aurora answers',
    acknowledge_seconds: 'Seconds until somebody accepts',
    takeover_seconds: 'Seconds until somebody has the call',
    call_back: 'Call lost callers back',
    dial_emergency: 'Dial the emergency number when nobody comes',
    unanswered: 'Questions that no manual answers',
    countries: 'Countries that may be rung or texted',
  },
  confirm: {
    title: 'Before this is saved',
    confirm: 'Save all the same',
    titles: {
      visibility: 'Supervisors will see fewer calls',
      retention: 'Calls will be removed',
      second_factor: 'A second factor will be asked for',
      dial_emergency: 'The emergency number will be dialled',
      call_back: 'Lost callers will not be rung',
      time_zone: 'Shifts will begin at other moments',
    },
    effects: {
      visibility:
        'Each supervisor sees the calls of their own workers, critical ones, those of unknown callers, and those that somebody holds. All others vanish from their lists within 10 seconds. Calls of workers without a supervisor are seen by company admins alone.',
      dial_emergency:
        'Ask the operator and the authority first whether it may be dialled from your numbers: many countries want a registered address, and some don’t allow it.',
      call_back:
        'Whose call breaks off in danger is not rung. They are texted, and people are fetched at once.',
      time_zone:
        'They keep the times that they show, by the new clock. Look at On call afterwards.',
    },
    removed(due: number, held: number) {
      const kept = held === 0 ? '' : ` ${held} more of that age are kept by a legal hold.`;
      if (due === 0) return `Today no call is that old.${kept} From now on each goes at that age.`;
      return `${due} ${due === 1 ? 'call is' : 'calls are'} older than that and will be removed from tonight on, with all that was said. It can’t be undone.${kept}`;
    },
    unknownCount: (why: string) => `It could not be counted how many calls would go. ${why}`,
    lockedOut: (count: number) =>
      count === 1
        ? 'One person has no second factor yet. Until it is set up, there is nothing else to see or do for:'
        : `${count} people have no second factor yet. Until theirs is set up, there is nothing else to see or do for:`,
    nobodyLockedOut: 'Everybody has a second factor already.',
    unknownPeople: (why: string) =>
      `It could not be looked up who has no second factor yet. ${why}`,
    you: '(you)',
  },
};

const hi: typeof en = {
  company: 'कंपनी',
  name: 'नाम',
  timeZone: 'समय क्षेत्र',
  timeZoneHint: 'शिफ़्ट, विश्लेषण और दिखाए जाने वाले हर समय की घड़ी।',
  emergencyNumber: 'आपातकालीन नंबर',
  emergencyNumberHint:
    'कॉल करने वालों को बताया जाता है, और किसी के न आने पर मिलाया जाता है। स्थल का अपना नंबर हो सकता है। खाली: इस इंस्टॉलेशन का नंबर।',
  emergencyNumberForm: 'केवल अंक, जैसे 112 या +911234567890।',
  languages: 'भाषाएँ',
  languagesHint:
    'कॉल पहली भाषा में शुरू होती है और बाकी भाषाएँ बताती है। नंबर की अपनी भाषाएँ हो सकती हैं, नंबर में देखें।',
  callers: 'कॉल करने वाले',
  callBack: 'छूटे हुए कॉल करने वालों को वापस कॉल करें',
  callBackHint:
    'खतरे में जिसकी कॉल कट गई, या जो कुछ नहीं बोला, उसे तीन बार तक कॉल की जाती है; फिर लोगों को बुलाया जाता है। जहाँ फ़ोन की घंटी किसी छिपे हुए व्यक्ति को खतरे में डाले, वहाँ इसे बंद करें।',
  dialEmergency: 'कोई न आए तो आपातकालीन नंबर मिलाएँ',
  dialEmergencyHint: 'ड्यूटी के आखिरी चरण के बाद, उसी कॉल में। बंद होने पर Aurora नंबर बोलकर बताती है।',
  unanswered: 'प्रश्न जिनका उत्तर किसी मैनुअल में नहीं',
  unansweredHint:
    'जो व्यक्ति से बात माँगे, 9 दबाए, चुप रहे या खतरे में हो, उसके लिए लोगों को हर हाल में बुलाया जाता है।',
  unansweredAlways: 'हर ऐसे प्रश्न पर लोगों को बुलाएँ',
  unansweredUrgent: 'केवल तब बुलाएँ जब प्रश्न या कॉल अत्यावश्यक हो',
  countries: 'देश जहाँ कॉल या संदेश किया जा सकता है',
  countriesHint:
    'दूसरे देशों से आई कॉल का उत्तर दिया जाता है, पर उन्हें वापस कॉल नहीं की जाती: नकली विदेशी नंबर महँगे पड़ते हैं।',
  countriesNone: 'जिस नंबर पर कॉल आई, उसका देश',
  countryUnknown: 'ऐसा कोई देश नहीं है।',
  access: 'कौन क्या देखता है',
  visibility: 'कॉल',
  visibilityCompany: 'हर पर्यवेक्षक हर कॉल देखता है',
  visibilityCompanyHint: 'सही व्यक्ति के न होने पर भी कोई कॉल छूटती नहीं।',
  visibilityOwn: 'पर्यवेक्षक अपने कर्मचारियों की कॉल देखते हैं',
  visibilityOwnHint:
    'और वे कॉल जो गंभीर हैं, अनजान लोगों की हैं, या किसी के पास हैं। कंपनी एडमिन हर कॉल देखते हैं।',
  secondFactor: 'दूसरा सुरक्षा कोड ज़रूरी करें',
  secondFactorHint: 'साइन इन करने वाले हर व्यक्ति के लिए पासवर्ड के साथ ऐप का कोड।',
  keeping: 'कॉल कितने समय रखी जाती हैं',
  retention: 'कॉल रखने के दिन',
  retentionHint:
    'हर रात इससे पहले समाप्त हुई कॉल, उनमें कही गई हर बात समेत, हटाई जाती हैं। कानूनी रोक वाली कॉल और ऑडिट लॉग रहते हैं। कम से कम 30 दिन। खाली: कुछ नहीं हटाया जाता।',
  retentionNone: 'हमेशा के लिए',
  targets: 'लक्ष्य',
  targetsHint: 'जो आप खुद से चाहते हैं। विश्लेषण बताता है कि कितनी बार पूरा हुआ; इसका और कोई असर नहीं।',
  targetsOf: {
    answer_seconds: {
      label: 'Aurora के जवाब तक सेकंड',
      hint: 'कॉल करने वाले के पहले शब्दों से।',
    },
    acknowledge_seconds: {
      label: 'किसी के स्वीकार करने तक सेकंड',
      hint: 'अत्यावश्यक शब्दों से।',
    },
    takeover_seconds: {
      label: 'किसी के कॉल लेने तक सेकंड',
      hint: 'अत्यावश्यक शब्दों से।',
    },
  },
  between: (least, most) => `${least} से ${most} तक पूर्ण संख्या।`,
  labels: {
    name: 'नाम',
    time_zone: 'समय क्षेत्र',
    languages: 'भाषाएँ',
    emergency_number: 'आपातकालीन नंबर',
    visibility: 'कॉल',
    retention_days: 'कॉल रखने के दिन',
    require_totp: 'दूसरा सुरक्षा कोड ज़रूरी करें',
    answer_seconds: 'Aurora के जवाब तक सेकंड',
    acknowledge_seconds: 'किसी के स्वीकार करने तक सेकंड',
    takeover_seconds: 'किसी के कॉल लेने तक सेकंड',
    call_back: 'छूटे हुए कॉल करने वालों को वापस कॉल करें',
    dial_emergency: 'कोई न आए तो आपातकालीन नंबर मिलाएँ',
    unanswered: 'प्रश्न जिनका उत्तर किसी मैनुअल में नहीं',
    countries: 'देश जहाँ कॉल या संदेश किया जा सकता है',
  },
  confirm: {
    title: 'सहेजने से पहले',
    confirm: 'फिर भी सहेजें',
    titles: {
      visibility: 'पर्यवेक्षक कम कॉल देखेंगे',
      retention: 'कॉल हटाई जाएँगी',
      second_factor: 'दूसरा सुरक्षा कोड माँगा जाएगा',
      dial_emergency: 'आपातकालीन नंबर मिलाया जाएगा',
      call_back: 'छूटे हुए लोगों को कॉल नहीं की जाएगी',
      time_zone: 'शिफ़्ट दूसरे समय पर शुरू होंगी',
    },
    effects: {
      visibility:
        'हर पर्यवेक्षक अपने कर्मचारियों की कॉल, गंभीर कॉल, अनजान लोगों की कॉल और किसी के पास मौजूद कॉल देखेगा। बाकी कॉल 10 सेकंड में उनकी सूची से हट जाएँगी। जिन कर्मचारियों का कोई पर्यवेक्षक नहीं, उनकी कॉल केवल कंपनी एडमिन देखेंगे।',
      dial_emergency:
        'पहले संचालक और प्राधिकरण से पूछें कि क्या आपके नंबरों से इसे मिलाया जा सकता है: कई देश पंजीकृत पता माँगते हैं, और कुछ इसकी अनुमति नहीं देते।',
      call_back:
        'खतरे में जिसकी कॉल कट जाए, उसे कॉल नहीं की जाएगी। उसे संदेश भेजा जाएगा, और लोगों को तुरंत बुलाया जाएगा।',
      time_zone: 'उनमें दिखाया समय वही रहेगा, पर नई घड़ी से। बाद में ड्यूटी देख लें।',
    },
    removed(due, held) {
      const kept = held === 0 ? '' : ` इतनी पुरानी ${held} और कॉल कानूनी रोक के कारण रहेंगी।`;
      if (due === 0) return `आज कोई कॉल इतनी पुरानी नहीं है।${kept} अब से हर कॉल इस उम्र पर हटेगी।`;
      return `${due} कॉल इससे पुरानी हैं और आज रात से, कही गई हर बात समेत, हटाई जाएँगी। यह वापस नहीं हो सकता।${kept}`;
    },
    unknownCount: (why) => `यह गिना नहीं जा सका कि कितनी कॉल हटेंगी। ${why}`,
    lockedOut: (count) =>
      `${count} लोगों के पास अभी दूसरा सुरक्षा कोड नहीं है। उसे सेट करने तक इनके लिए और कुछ देखना या करना संभव नहीं होगा:`,
    nobodyLockedOut: 'सबके पास दूसरा सुरक्षा कोड पहले से है।',
    unknownPeople: (why) => `यह नहीं देखा जा सका कि किसके पास दूसरा सुरक्षा कोड नहीं है। ${why}`,
    you: '(आप)',
  },
};

export const settingsTexts = { en, hi };
