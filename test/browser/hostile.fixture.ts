/** Words that would break a page, a file, a terminal or a query, if they were taken for anything else. */
export interface Hostile {
  what: string;
  said: string;
  /** As people read it on a screen; default: as it was said. */
  shown?: string;
}

const SURROUNDED = 'rtl \u202egnp.exe\u202c end';

export const HOSTILE: readonly Hostile[] = [
  { what: 'a script', said: '<script>alert(1)</script> one' },
  { what: 'an event handler', said: '<img src=x onerror=alert(2)> two' },
  {
    what: 'an end of everything',
    said: `"'></textarea></title></style><svg onload=alert(3)> three`,
  },
  { what: 'an entity', said: '&lt;b&gt; &#x3c;script&#x3e; four' },
  { what: 'a link', said: 'javascript:alert(5) five' },
  { what: 'a formula', said: '=HYPERLINK("http://evil.example","six")' },
  {
    what: 'a formula after a quote',
    said: " \"+cmd|'/C calc'!A0 seven",
    shown: "\"+cmd|'/C calc'!A0 seven",
  },
  { what: 'a formula after a semicolon', said: 'eight;@SUM(1+1)*cmd' },
  {
    what: 'an override of the direction',
    said: SURROUNDED,
    shown: 'rtl ⟨U+202E⟩gnp.exe⟨U+202C⟩ end',
  },
  {
    what: 'control characters',
    said: 'bell\u0007 null\u0000 escape nine',
    shown: 'bell  null  escape nine',
  },
  {
    what: 'escapes of a terminal',
    said: '\u001b[2J\u001b[31mten\u009b1A',
    shown: '[2J [31mten 1A',
  },
  {
    what: 'marks without a width',
    said: 'ele\u200bven\ufeff so\u00adft',
    shown: 'ele⟨U+200B⟩ven⟨U+FEFF⟩ so⟨U+00AD⟩ft',
  },
  { what: 'emoji of many parts', said: '👩🏽‍🚒👨‍👩‍👧‍👦🏳️‍🌈 twelve' },
  { what: 'words from right to left', said: 'שריפה גדולה באולם (3) thirteen' },
  { what: 'towers of marks', said: `fourteen ${`a${'\u0301\u0327\u0346'.repeat(60)}`.repeat(4)}` },
  {
    what: 'braces of templates',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what somebody says
    said: '{{7*7}} ${7*7} <%= 7*7 %> #{7*7} {emergency_number} fifteen',
  },
  { what: 'a query', said: `'; DROP TABLE calls; -- sixteen` },
  { what: 'paths and fields', said: '../../etc/passwd __proto__ $where constructor seventeen' },
  { what: 'lines that are none', said: 'eight\u2028een', shown: 'eight⟨U+2028⟩een' },
  {
    what: 'a word of ten kilobytes',
    said: 'w'.repeat(10_000),
    shown: `${'w'.repeat(8_000)} […]`,
  },
];

export function shownOf({ said, shown }: Hostile): string {
  return shown ?? said;
}
