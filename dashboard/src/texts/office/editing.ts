/** Words for two people who change the same record. */
const en = {
  changedBy: (name: string) => `${name} changed this while you were at it`,
  changed: 'Somebody changed this while you were at it',
  choose: 'Choose what holds, then save. What only one of you changed is kept in any case.',
  was: (value: string) => `Before: ${value}`,
  mine: (value: string) => `Keep mine: ${value}`,
  theirs: (value: string) => `Take theirs: ${value}`,
  undecided: 'Choose one of the two.',
  nothing: '(nothing)',
  restored: 'This is what you typed before. It is not saved yet.',
  discard: 'Discard it',
  busy: 'This is being changed by others again and again. Wait a moment, then save once more.',
};

const hi: typeof en = {
  changedBy: (name) => `इसी बीच ${name} ने इसमें बदलाव किया`,
  changed: 'इसी बीच किसी और ने इसमें बदलाव किया',
  choose: 'चुनें कि क्या रहे, फिर सहेजें। जो केवल एक ने बदला है, वह हर हाल में रहेगा।',
  was: (value) => `पहले: ${value}`,
  mine: (value) => `मेरा रखें: ${value}`,
  theirs: (value) => `उनका लें: ${value}`,
  undecided: 'दोनों में से एक चुनें।',
  nothing: '(कुछ नहीं)',
  restored: 'यह आपने पहले लिखा था। यह अभी सहेजा नहीं गया है।',
  discard: 'इसे छोड़ दें',
  busy: 'दूसरे लोग इसे बार-बार बदल रहे हैं। थोड़ा रुकें, फिर दोबारा सहेजें।',
};

export const editingTexts = { en, hi };
