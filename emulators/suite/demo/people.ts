/** Workers of the demo plants beside those of the seed: enough that lists look like lists. */
const NAMES = {
  demo: [
    'Anita Deshmukh',
    'Farhan Sheikh',
    'Lakshmi Nair',
    'Gurpreet Singh',
    'Deepa Joshi',
    'Manoj Pillai',
    'Kavita Rao',
  ],
  other: ['Joseph Dsouza', 'Rekha Menon', 'Imran Khan'],
} as const;

/** By id: `worker_demo_10` and on, with numbers that nobody has. */
export const MORE_WORKERS = Object.fromEntries(
  Object.entries(NAMES).flatMap(([company_id, names], of) =>
    names.map((name, at) => [
      `worker_${company_id}_${10 + at}`,
      { name, mobile_no: `+155501002${of}${at}`, company_id, language: 'en-IN' },
    ]),
  ),
);
