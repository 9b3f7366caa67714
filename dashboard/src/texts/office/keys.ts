/** Words of the API keys. */
const en = {
  about:
    'With a key a system of yours reports to Aurora without anybody signing in: a gate terminal, an alarm panel. Give each system a key of its own, so that you can revoke one alone.',
  make: 'Make a key',
  made: 'Your new key',
  name: 'Name',
  nameHint: 'What uses the key, such as “Gate terminal 3”.',
  scopes: 'What it may do',
  scopesMissing: 'Choose at least one.',
  scopeOf: { report: 'Report what workers say' } as Record<string, string>,
  scopeHintOf: {
    report: 'Writes to Aurora for a worker of your company: POST /api/process-speech.',
  } as Record<string, string>,
  secret: 'Secret',
  secretHint:
    'Store it where the system keeps its settings. Whoever has it can report in the name of your company. Should it get lost, revoke the key and make another one.',
  list: 'API keys in use',
  revokedList: 'Revoked',
  none: 'There is no key yet.',
  noneInUse: 'No key is in use.',
  createdAt: 'Made',
  createdBy: 'By',
  lastUsed: 'Last used',
  never: 'never',
  revoke: 'Revoke',
  revokeTitle: (name: string) => `Revoke “${name}”?`,
  revokeText:
    'What uses this key is refused within ten seconds. A revoked key does not come back; it stays listed.',
};

const hi: typeof en = {
  about:
    'कुंजी से आपका कोई सिस्टम, जैसे गेट टर्मिनल या अलार्म पैनल, बिना किसी के साइन इन किए Aurora को सूचना देता है। हर सिस्टम को अलग कुंजी दें, ताकि आप किसी एक को रद्द कर सकें।',
  make: 'कुंजी बनाएँ',
  made: 'आपकी नई कुंजी',
  name: 'नाम',
  nameHint: 'कुंजी किसके लिए है, जैसे “गेट टर्मिनल 3”।',
  scopes: 'इससे क्या किया जा सकता है',
  scopesMissing: 'कम से कम एक चुनें।',
  scopeOf: { report: 'कर्मचारियों की बात पहुँचाना' },
  scopeHintOf: {
    report: 'आपकी कंपनी के कर्मचारी की ओर से Aurora को लिखती है: POST /api/process-speech.',
  },
  secret: 'गुप्त कुंजी',
  secretHint:
    'इसे वहीं रखें जहाँ सिस्टम की सेटिंग्स रहती हैं। जिसके पास यह है, वह आपकी कंपनी के नाम से सूचना दे सकता है। खो जाए तो कुंजी रद्द करें और नई बनाएँ।',
  list: 'चालू API कुंजियाँ',
  revokedList: 'रद्द की गई',
  none: 'अभी कोई कुंजी नहीं है।',
  noneInUse: 'कोई कुंजी चालू नहीं है।',
  createdAt: 'कब बनी',
  createdBy: 'किसने बनाई',
  lastUsed: 'पिछली बार इस्तेमाल',
  never: 'कभी नहीं',
  revoke: 'रद्द करें',
  revokeTitle: (name) => `“${name}” को रद्द करें?`,
  revokeText:
    'यह कुंजी दस सेकंड में काम करना बंद कर देगी। रद्द की गई कुंजी वापस नहीं आती; वह सूची में दिखती रहती है।',
};

export const keysTexts = { en, hi };
