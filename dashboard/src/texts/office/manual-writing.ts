/** Writing and uploading manuals. */
const en = {
  title: 'Write or upload a manual or a card',
  intro:
    'Markdown with a head between two lines of ---. What you save is a draft that nobody hears until somebody else has approved it.',
  begin: 'Begin with',
  templates: { guide: 'A manual that answers questions', card: 'A card for one danger' },
  shippedGroup: 'A card that ships with Aurora',
  ownGroup: 'Begin anew',
  file: 'Choose a file',
  drop: 'or drop it on the text.',
  fromFile: (name: string) => `The text is now that of ${name}.`,
  bringBack: 'Bring back what was there before',
  refusedFile: {
    large: 'This file is larger than 200 kB. Split it into several manuals.',
    no_text: 'This file is no text in UTF-8. Save it as Markdown (.md) first.',
  },
  text: 'Text',
  line: (line: number, lines: number) => `Line ${line} of ${lines}`,
  save: 'Save as a draft',
  saveNext: (version: number) => `Save as version ${version}`,
  saveDraft: 'Save the draft',
  discard: 'Discard what I typed',
  isKept: 'Not saved yet. It stays here while you look at other screens.',
  untouched: 'Replace the words of the template first.',
  saved: (version: number) => `Saved as version ${version}: a draft.`,
  becomesAuthor: 'Whoever saves becomes one of its authors, and can’t approve it.',
  exists: (id: string) =>
    `There is a manual ${id} already: what you save becomes its next version.`,
  openIt: 'Open it',
  problems: {
    title: (count: number) =>
      count === 1 ? 'One line can’t be spoken' : `${count} lines can’t be spoken`,
    say: 'Nothing was saved. Mend these lines, then save again.',
    line: (line: number) => `Line ${line}`,
    go: (line: number) => `Go to line ${line}`,
  },
  conflict: {
    title: 'Somebody has written it meanwhile',
    say: (name: string, version: number) =>
      `${name} has changed it: now it is version ${version}. What you typed is still here, and nothing is lost.`,
    theirs: 'What it says now',
    take: 'Take theirs, discard mine',
    keep: 'Save mine as the next version; theirs stays in the versions',
  },
};

const hi: typeof en = {
  title: 'मैनुअल या कार्ड लिखें या अपलोड करें',
  intro:
    'Markdown, जिसकी शुरुआत --- की दो पंक्तियों के बीच होती है। आप जो सहेजते हैं वह मसौदा है; जब तक कोई और मंज़ूर न करे, उसे कोई नहीं सुनता।',
  begin: 'किससे शुरू करें',
  templates: { guide: 'सवालों के जवाब देने वाला मैनुअल', card: 'एक ख़तरे का कार्ड' },
  shippedGroup: 'Aurora के साथ आया कार्ड',
  ownGroup: 'नए सिरे से',
  file: 'फ़ाइल चुनें',
  drop: 'या उसे पाठ पर छोड़ें।',
  fromFile: (name) => `पाठ अब ${name} से लिया गया है।`,
  bringBack: 'जो पहले था उसे वापस लाएँ',
  refusedFile: {
    large: 'यह फ़ाइल 200 kB से बड़ी है। इसे कई मैनुअल में बाँटें।',
    no_text: 'यह फ़ाइल UTF-8 पाठ नहीं है। पहले इसे Markdown (.md) के रूप में सहेजें।',
  },
  text: 'पाठ',
  line: (line, lines) => `${lines} में से पंक्ति ${line}`,
  save: 'मसौदे के रूप में सहेजें',
  saveNext: (version) => `संस्करण ${version} के रूप में सहेजें`,
  saveDraft: 'मसौदा सहेजें',
  discard: 'मेरा लिखा हटाएँ',
  isKept: 'अभी सहेजा नहीं गया। दूसरी स्क्रीन देखते समय भी यह यहीं रहता है।',
  untouched: 'पहले नमूने के शब्द बदलें।',
  saved: (version) => `संस्करण ${version} के रूप में सहेजा गया: मसौदा।`,
  becomesAuthor: 'जो सहेजता है वह इसका लेखक बन जाता है और इसे मंज़ूर नहीं कर सकता।',
  exists: (id) => `${id} नाम का मैनुअल पहले से है: जो आप सहेजेंगे वह उसका अगला संस्करण होगा।`,
  openIt: 'उसे खोलें',
  problems: {
    title: (count) => `${count} पंक्तियाँ बोली नहीं जा सकतीं`,
    say: 'कुछ सहेजा नहीं गया। इन पंक्तियों को ठीक करें, फिर सहेजें।',
    line: (line) => `पंक्ति ${line}`,
    go: (line) => `पंक्ति ${line} पर जाएँ`,
  },
  conflict: {
    title: 'इस बीच किसी ने इसे लिख दिया है',
    say: (name, version) =>
      `${name} ने इसे बदला है: अब यह संस्करण ${version} है। आपका लिखा अब भी यहीं है, कुछ नहीं खोया।`,
    theirs: 'अब इसमें क्या लिखा है',
    take: 'उनका लें, मेरा हटाएँ',
    keep: 'मेरा अगले संस्करण के रूप में सहेजें; उनका संस्करणों में रहेगा',
  },
};

export const manualWritingTexts = { en, hi };
