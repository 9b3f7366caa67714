import type { Operations } from '../../api/types.ts';

export type Area = Operations['areas'][number]['id'];
export type SignalId = Operations['areas'][number]['signals'][number]['id'];

/** A signal's name, and what to do where it is too much. */
type Signals = Record<SignalId, [name: string, advice: string]>;

const signalsEn: Signals = {
  databases_away: [
    'Databases that do not answer',
    'See the status page of Firebase and the project’s quotas. Callers are answered, and their words wait in tasks; nobody sees calls live until the database is back.',
  ],
  task_failures: [
    'Tasks that failed',
    'Look for the error codes of “A task could not be mirrored yet” in the log. Tasks are repeated for a day, so mend the cause and wait.',
  ],
  task_lateness: [
    'From what was said to the mirror, 95 of 100',
    'Cloud Tasks or the function mirror is slow. The live view is written beside the tasks; watch the queue’s depth and the instances of mirror.',
  ],
  queue_lag: [
    'Since a probe came through the queue',
    'Nothing comes through Cloud Tasks: see that the queue mirror is running and not paused, and that its account may call the function mirror.',
  ],
  queue_depth: [
    'Tasks that wait in the queue',
    'More is queued than is mirrored. Where tasks fail, mend that first; else raise the instances of the function mirror.',
  ],
  enqueue_failures: [
    'Tasks that could not be enqueued',
    'Cloud Tasks does not take tasks; events are written directly. See its status and quota, and that the account of twilio may enqueue.',
  ],
  events_held: [
    'Times that one instance alone held events',
    'Neither Cloud Tasks nor the Realtime Database took a caller’s words. Do not deploy and do not end instances of twilio until one of the two is back.',
  ],
  dead_letters: [
    'Dead letters',
    'Words of a caller are in no call. Mend what stood in their way, then replay them as is told below.',
  ],
  signatures_refused: [
    'Refused signatures',
    'Either PUBLIC_BASE_URL or the auth token does not fit, and then nobody is answered, or a stranger is trying. Run npm run twilio -- check.',
  ],
  webhooks_failed: [
    'Webhooks that failed or were given up',
    'Callers heard safe words, or Twilio’s fallback. Look for the ALERT lines and their stacks; roll back where a deployment came before.',
  ],
  webhooks_slow: [
    'Time to answer Twilio, 95 of 100',
    'Callers wait in silence. See whether instances of twilio start cold (TWILIO_MIN_INSTANCES), and whether the language model takes the time.',
  ],
  deliveries_failed: [
    'Messages and calls that failed, as Twilio tells',
    'Look the codes up at Twilio: 21610 is an opt-out and harmless, 30034 is a number that must be registered, others are the carrier’s.',
  ],
  pages_failed: [
    'Pages that could not be sent',
    'People on call were not reached. See the reasons in the log: Twilio away, a cap, or a number that is missing or not allowed.',
  ],
  model_failures: [
    'Language models that gave no choice',
    'The rules answer instead, so nobody is without a reply. See the provider’s status, key and quota; LLM_MODEL can be taken out.',
  ],
  breakers_opened: [
    'Times that a model was left out',
    'A model failed three times in a row and rests; the rules answer. See the provider’s status, key and quota.',
  ],
  archives_failed: [
    'Calls that could not be archived',
    'The calls stay live and nothing is lost. Where Firestore was away they are archived by themselves; else look for the ALERT line.',
  ],
  archives_slow: [
    'Time to archive a call, 95 of 100',
    'Firestore is slow, or calls are very long. They are archived all the same; watch Firestore’s latency.',
  ],
  schedule_silent: [
    'Since the minute schedule ran',
    'Nobody looks after lapsed leases, overdue pages and lost callers. See in Cloud Scheduler that the job of sweep is on, and why it fails.',
  ],
  schedule_failures: [
    'Runs of the schedule in which a chore failed',
    'Some chore fails each minute. Look for “A chore failed” in the log; the other chores are done all the same.',
  ],
};

const signalsHi: Signals = {
  databases_away: [
    'डेटाबेस जो जवाब नहीं दे रहे',
    'Firebase का स्टेटस पेज और प्रोजेक्ट का कोटा देखें। कॉल करने वालों को जवाब मिल रहा है और उनकी बातें टास्क में सुरक्षित हैं; डेटाबेस लौटने तक कोई कॉल लाइव नहीं दिखेगी।',
  ],
  task_failures: [
    'असफल टास्क',
    'लॉग में “A task could not be mirrored yet” के त्रुटि कोड देखें। टास्क एक दिन तक दोहराए जाते हैं, इसलिए कारण ठीक करें और इंतज़ार करें।',
  ],
  task_lateness: [
    'बोलने से लेकर मिरर तक, 100 में से 95',
    'Cloud Tasks या mirror फ़ंक्शन धीमा है। लाइव दृश्य टास्क के साथ-साथ भी लिखा जाता है; कतार की लंबाई और mirror के इंस्टेंस देखें।',
  ],
  queue_lag: [
    'कतार से पिछली जाँच आए हुए',
    'Cloud Tasks से कुछ नहीं आ रहा: देखें कि mirror कतार चालू है, रुकी नहीं है, और उसका खाता mirror फ़ंक्शन को बुला सकता है।',
  ],
  queue_depth: [
    'कतार में रुके टास्क',
    'जितना आ रहा है उतना लिखा नहीं जा रहा। टास्क असफल हों तो पहले वही ठीक करें, वरना mirror के इंस्टेंस बढ़ाएँ।',
  ],
  enqueue_failures: [
    'टास्क जो कतार में नहीं जा सके',
    'Cloud Tasks टास्क नहीं ले रहा; बातें सीधे लिखी जा रही हैं। उसका स्टेटस और कोटा देखें, और यह कि twilio का खाता टास्क डाल सकता है।',
  ],
  events_held: [
    'बार, जब बातें केवल एक इंस्टेंस के पास थीं',
    'कॉल करने वाले की बातें न Cloud Tasks ने लीं, न Realtime Database ने। दोनों में से एक के लौटने तक न डिप्लॉय करें, न twilio के इंस्टेंस बंद करें।',
  ],
  dead_letters: [
    'अटके संदेश (dead letters)',
    'कॉल करने वाले की बातें किसी कॉल में नहीं हैं। जो रुकावट थी उसे ठीक करें, फिर नीचे बताए अनुसार दोबारा चलाएँ।',
  ],
  signatures_refused: [
    'अस्वीकृत हस्ताक्षर',
    'या तो PUBLIC_BASE_URL या auth token ग़लत है, तब किसी को जवाब नहीं मिलता; या कोई अजनबी कोशिश कर रहा है। npm run twilio -- check चलाएँ।',
  ],
  webhooks_failed: [
    'वेबहुक जो असफल रहे या छोड़ दिए गए',
    'कॉल करने वालों ने सुरक्षित शब्द या Twilio का विकल्प सुना। ALERT पंक्तियाँ देखें; इससे पहले डिप्लॉय हुआ हो तो पुराना संस्करण लौटाएँ।',
  ],
  webhooks_slow: [
    'Twilio को जवाब देने का समय, 100 में से 95',
    'कॉल करने वाले चुप्पी में इंतज़ार कर रहे हैं। देखें कि twilio के इंस्टेंस ठंडे तो शुरू नहीं हो रहे (TWILIO_MIN_INSTANCES), या भाषा मॉडल समय ले रहा है।',
  ],
  deliveries_failed: [
    'असफल संदेश और कॉल, Twilio के अनुसार',
    'कोड Twilio पर देखें: 21610 में व्यक्ति ने STOP लिखा है, यह हानिरहित है; 30034 में नंबर पंजीकृत करना है; बाक़ी टेलीकॉम कंपनी के हैं।',
  ],
  pages_failed: [
    'बुलावे जो नहीं भेजे जा सके',
    'ड्यूटी वाले लोगों तक बात नहीं पहुँची। लॉग में कारण देखें: Twilio बंद, सीमा पूरी, या नंबर नहीं है या उसकी अनुमति नहीं।',
  ],
  model_failures: [
    'भाषा मॉडल जिन्होंने जवाब नहीं चुना',
    'उनकी जगह नियम जवाब दे रहे हैं, इसलिए कोई बिना जवाब नहीं है। प्रदाता का स्टेटस, कुंजी और कोटा देखें; LLM_MODEL हटाया जा सकता है।',
  ],
  breakers_opened: [
    'बार, जब एक मॉडल छोड़ दिया गया',
    'एक मॉडल लगातार तीन बार असफल रहा और रुका है; नियम जवाब दे रहे हैं। प्रदाता का स्टेटस, कुंजी और कोटा देखें।',
  ],
  archives_failed: [
    'कॉल जो संग्रह में नहीं जा सकीं',
    'ये कॉल लाइव रहती हैं, कुछ नहीं खोता। Firestore बंद था तो वे अपने आप संग्रह में जाएँगी; वरना ALERT पंक्ति देखें।',
  ],
  archives_slow: [
    'कॉल को संग्रह में रखने का समय, 100 में से 95',
    'Firestore धीमा है, या कॉल बहुत लंबी हैं। वे फिर भी संग्रह में जाती हैं; Firestore की गति देखें।',
  ],
  schedule_silent: [
    'हर मिनट का काम पिछली बार चले हुए',
    'छूटी हुई कॉल, देर वाले बुलावे और खोए कॉलर कोई नहीं देख रहा। Cloud Scheduler में देखें कि sweep का काम चालू है और क्यों असफल है।',
  ],
  schedule_failures: [
    'बार, जब हर मिनट का कोई काम असफल रहा',
    'कोई काम हर मिनट असफल हो रहा है। लॉग में “A chore failed” देखें; बाक़ी काम फिर भी होते हैं।',
  ],
};

const en = {
  signals: signalsEn,
  lead: 'How this installation is doing, for all of its companies. Nothing of any company stands here.',
  forbidden:
    'Only operators of this installation may see this. One of them can make you one, at a terminal.',
  range: 'Lines over',
  ranges: { 60: 'one hour', 360: 'six hours', 1440: 'one day', 2880: 'two days' },
  states: { ok: 'All is well', warning: 'Warning', critical: 'Critical' },
  judged: (minutes: number) => `States are judged by the last ${minutes} minutes.`,
  asOf: 'As of',
  stale:
    'These numbers are old: Aurora does not tell new ones. They are asked for again every 15 seconds.',
  failed: 'The numbers cannot be read',
  areas: {
    databases: 'Databases',
    mirror: 'Mirror',
    twilio: 'Twilio',
    assistant: 'Language models',
    archive: 'Archive',
    schedule: 'Schedule',
  } satisfies Record<Area, string>,
  away: {
    realtime_database: 'The Realtime Database does not answer.',
    firestore: 'Firestore does not answer.',
  },
  nobodyKnows:
    'The health check does not answer either. See that the functions are running, and your own connection.',
  missing: 'What it holds is missing below.',
  nothing: 'none',
  onlyCloud: 'see Cloud Monitoring',
  thresholds: (warning: string | null, critical: string | null) =>
    [warning && `warning over ${warning}`, critical && `critical over ${critical}`]
      .filter(Boolean)
      .join(', '),
  runbook: 'Runbook',
  line: (name: string, most: string) => `${name} over time, at most ${most}`,
  table: 'As a table',
  tableOf: (area: string) => `${area}, over time`,
  /** Names the box that scrolls within a card of the same name. */
  rows: (of: string) => `${of}: table`,
  time: 'Time',
  turns: 'Turns by who answered',
  rung: 'Rung of the ladder',
  rungs: {
    floor: 'Safety floor',
    model: 'Language model',
    hedge: 'Second language model',
    passage: 'Manual passage',
    card: 'Card',
    dialogue: 'Dialogue',
    person: 'A person',
  } as Record<string, string>,
  count: 'How many',
  noTurns: 'Nobody has said anything in this time.',
  codes: 'Failures that Twilio told',
  code: 'Twilio’s code',
  noCodes: 'Twilio told of none in this time.',
  letters: 'Dead letters',
  lettersLead:
    'Words that could not be brought into their call. They are kept until they are replayed; what they hold is shown at a terminal alone.',
  reason: 'What stood in their way',
  oldest: 'The oldest is of',
  noLetters: 'There are none.',
  lettersUnknown: 'Firestore does not answer: nobody can tell.',
  replay: 'When what stood in their way is mended, replay them at a terminal:',
};

const hi: typeof en = {
  signals: signalsHi,
  lead: 'यह इंस्टॉलेशन कैसा चल रहा है, इसकी सभी कंपनियों के लिए। यहाँ किसी कंपनी की कोई बात नहीं है।',
  forbidden: 'इसे केवल इस इंस्टॉलेशन के ऑपरेटर देख सकते हैं। उनमें से कोई आपको टर्मिनल से ऑपरेटर बना सकता है।',
  range: 'रेखाओं की अवधि',
  ranges: { 60: 'एक घंटा', 360: 'छह घंटे', 1440: 'एक दिन', 2880: 'दो दिन' },
  states: { ok: 'सब ठीक है', warning: 'चेतावनी', critical: 'गंभीर' },
  judged: (minutes) => `स्थिति पिछले ${minutes} मिनट से आँकी जाती है।`,
  asOf: 'समय',
  stale: 'ये आँकड़े पुराने हैं: Aurora नए नहीं बता रहा। हर 15 सेकंड में फिर पूछा जाता है।',
  failed: 'आँकड़े पढ़े नहीं जा सके',
  areas: {
    databases: 'डेटाबेस',
    mirror: 'मिरर',
    twilio: 'Twilio',
    assistant: 'भाषा मॉडल',
    archive: 'संग्रह',
    schedule: 'हर मिनट के काम',
  },
  away: {
    realtime_database: 'Realtime Database जवाब नहीं दे रहा।',
    firestore: 'Firestore जवाब नहीं दे रहा।',
  },
  nobodyKnows: 'स्वास्थ्य जाँच भी जवाब नहीं दे रही। देखें कि फ़ंक्शन चल रहे हैं, और अपना कनेक्शन भी।',
  missing: 'जो उसमें है वह नीचे नहीं दिखेगा।',
  nothing: 'कुछ नहीं',
  onlyCloud: 'Cloud Monitoring में देखें',
  thresholds: (warning, critical) =>
    [warning && `${warning} से ऊपर चेतावनी`, critical && `${critical} से ऊपर गंभीर`]
      .filter(Boolean)
      .join(', '),
  runbook: 'निर्देश',
  line: (name, most) => `${name}, समय के साथ, अधिकतम ${most}`,
  table: 'तालिका में',
  tableOf: (area) => `${area}, समय के साथ`,
  rows: (of) => `${of}: तालिका`,
  time: 'समय',
  turns: 'जवाब किसने दिए',
  rung: 'सीढ़ी का पायदान',
  rungs: {
    floor: 'सुरक्षा आधार',
    model: 'भाषा मॉडल',
    hedge: 'दूसरा भाषा मॉडल',
    passage: 'मैनुअल का अंश',
    card: 'कार्ड',
    dialogue: 'संवाद',
    person: 'कोई व्यक्ति',
  },
  count: 'कितने',
  noTurns: 'इस अवधि में किसी ने कुछ नहीं कहा।',
  codes: 'Twilio की बताई विफलताएँ',
  code: 'Twilio का कोड',
  noCodes: 'इस अवधि में Twilio ने कोई नहीं बताई।',
  letters: 'अटके संदेश (dead letters)',
  lettersLead:
    'बातें जो अपनी कॉल तक नहीं पहुँच सकीं। दोबारा चलाए जाने तक वे रखी रहती हैं; उनमें क्या है, यह केवल टर्मिनल पर दिखता है।',
  reason: 'रुकावट क्या थी',
  oldest: 'सबसे पुराना',
  noLetters: 'कोई नहीं है।',
  lettersUnknown: 'Firestore जवाब नहीं दे रहा: पता नहीं चल सकता।',
  replay: 'रुकावट ठीक होने पर उन्हें टर्मिनल से दोबारा चलाएँ:',
};

export const operationsTexts = { en, hi };
