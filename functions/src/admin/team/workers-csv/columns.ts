/** What a file of workers has of each, in the order in which we write it. */
export const COLUMNS = ['name', 'mobile_no', 'site', 'language', 'supervisor'] as const;
export type Column = (typeof COLUMNS)[number];

/** Without these nobody could be added. */
export const REQUIRED: readonly Column[] = ['name', 'mobile_no'];

/** What people write over a column, without case, spaces and punctuation. */
const NAMES: Record<Column, readonly string[]> = {
  name: ['name', 'fullname', 'worker', 'workername', 'employee', 'employeename', 'नाम'],
  mobile_no: [
    'mobileno',
    'mobile',
    'mobilenumber',
    'phone',
    'phoneno',
    'phonenumber',
    'telephone',
    'number',
    'मोबाइल',
    'मोबाइलनंबर',
    'फ़ोन',
  ],
  site: ['site', 'siteid', 'sitename', 'location', 'स्थल', 'साइट'],
  language: ['language', 'lang', 'languagecode', 'भाषा'],
  supervisor: ['supervisor', 'supervisoremail', 'supervisorid', 'adminid', 'पर्यवेक्षक'],
};

export function columnOf(header: string): Column | undefined {
  const folded = header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '');
  return COLUMNS.find((column) => NAMES[column].some((name) => name.normalize('NFKC') === folded));
}
