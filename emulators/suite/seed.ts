import { Firestore } from '@google-cloud/firestore';
import { hash } from '@node-rs/argon2';
import { z } from 'zod';
import {
  LOCAL_CALLER_NUMBER,
  LOCAL_DEMO_NUMBER,
  LOCAL_OTHER_NUMBER,
} from '../twilio/local-account.ts';
import { MORE_WORKERS } from './demo/people.ts';
import { SuiteError } from './errors.ts';

/** All demo supervisors sign in with it. */
export const DEMO_PASSWORD = 'password';
export const DEMO_EMAIL = 'admin@example.com';
export const OTHER_EMAIL = 'other@example.com';
/** In the demo company, to see what each role may do. */
export const SUPERVISOR_EMAIL = 'supervisor@example.com';
export const VIEWER_EMAIL = 'viewer@example.com';
/** The telephone of the demo company's supervisor on call. */
export const DEMO_ON_CALL = '+15550100012';

export interface SeedTarget {
  project: string;
  /** `host:port` of each database. */
  firestore: string;
  database: string;
  /** The instance of the Realtime Database. */
  namespace: string;
}

/** Fetched first, by day and by night; then everybody who may act on calls, as the default is. */
const ALWAYS_ON_CALL = {
  rota: [{ admin_id: 'supervisor_demo', days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '00:00' }],
};

export const COMPANIES = {
  demo: { ...company('Demo Plant'), reaching: ALWAYS_ON_CALL },
  other: company('Other Works'),
};

export const NUMBERS = {
  [LOCAL_DEMO_NUMBER]: { company_id: 'demo', languages: ['en-IN', 'hi-IN'] },
  [LOCAL_OTHER_NUMBER]: { company_id: 'other', languages: ['en-IN', 'es-MX'] },
};

export const ADMINS = {
  admin_demo: {
    ...admin(DEMO_EMAIL, 'Demo Supervisor', 'demo', 'company_admin', '+15550100010'),
    operator: true,
  },
  supervisor_demo: admin(SUPERVISOR_EMAIL, 'Shift Supervisor', 'demo', 'supervisor', DEMO_ON_CALL),
  viewer_demo: admin(VIEWER_EMAIL, 'Control Room', 'demo', 'viewer', '+15550100013'),
  admin_other: admin(OTHER_EMAIL, 'Other Supervisor', 'other', 'company_admin', '+15550100011'),
};

export const WORKERS = {
  worker_demo: worker('Asha Verma', LOCAL_CALLER_NUMBER, 'demo'),
  worker_demo_2: worker('Ravi Kumar', '+15550100004', 'demo'),
  worker_demo_3: worker('Meena Iyer', '+15550100005', 'demo', 'hi-IN'),
  worker_other: worker('Sunil Rao', '+15550100006', 'other'),
  ...MORE_WORKERS,
};

/** Who is on the line when the page is opened for the first time. */
export const DEMO_LIVE_CALLER = WORKERS.worker_demo_2.mobile_no;

/** Whose past calls the history shows. */
export const DEMO_CALLERS = Object.entries(WORKERS).map(
  ([worker_id, { mobile_no, company_id }]) => ({
    worker_id,
    mobile_no,
    company_id,
    dialled_no: company_id === 'demo' ? LOCAL_DEMO_NUMBER : LOCAL_OTHER_NUMBER,
    supervisors: Object.entries(ADMINS)
      .filter(([, who]) => who.company_id === company_id && who.role !== 'viewer')
      .map(([id]) => id),
  }),
);

function company(name: string) {
  return {
    name,
    time_zone: 'Asia/Kolkata',
    languages: ['en-IN'],
    emergency_number: '112',
    visibility: 'company',
  };
}

function admin(email: string, name: string, company_id: string, role: string, phone: string) {
  return { email, name, company_id, role, phone, operator: false };
}

function worker(name: string, mobile_no: string, company_id: string, language = 'en-IN') {
  return { name, mobile_no, company_id, language };
}

const seedTarget = z.object({
  project: z.string().startsWith('demo-'),
  firestore: z.string().regex(/^(127\.0\.0\.1|localhost):\d+$/),
  database: z.string().regex(/^(127\.0\.0\.1|localhost):\d+$/),
  namespace: z.string().startsWith('demo-'),
});

/**
 * Writes the demo companies, numbers, supervisors and workers. What is already there is left as
 * it is, so that changes survive a restart.
 * @throws SuiteError for anything but a `demo-` project on this machine
 */
export async function seedDemoData(target: SeedTarget): Promise<void> {
  const parsed = seedTarget.safeParse(target);
  if (!parsed.success) {
    throw new SuiteError(
      `Demo data is only for a project named demo-… on this machine, not for ${target.project} at ${target.firestore} and ${target.database}.`,
    );
  }
  await Promise.all([seedFirestore(parsed.data), seedDatabase(parsed.data)]);
}

async function seedFirestore({ project, firestore: address }: SeedTarget): Promise<void> {
  const [host, port] = address.split(':') as [string, string];
  const firestore = new Firestore({
    projectId: project,
    host,
    port: Number(port),
    ssl: false,
    customHeaders: { Authorization: 'Bearer owner' },
  });
  const createMissing = async (collection: string, documents: Record<string, object>) => {
    const references = Object.keys(documents).map((id) => firestore.doc(`${collection}/${id}`));
    for (const snapshot of await firestore.getAll(...references)) {
      if (snapshot.exists) continue;
      const document = documents[snapshot.id] as object;
      await snapshot.ref.create(collection === 'admins' ? await withPassword(document) : document);
    }
  };
  try {
    await createMissing('companies', COMPANIES);
    await createMissing('numbers', NUMBERS);
    await createMissing('admins', ADMINS);
    await createMissing('workers', WORKERS);
  } finally {
    await firestore.terminate();
  }
}

async function withPassword(document: object): Promise<object> {
  return { ...document, password_hash: await hash(DEMO_PASSWORD) };
}

async function seedDatabase({ database, namespace }: SeedTarget): Promise<void> {
  for (const [id, { role, company_id, operator }] of Object.entries(ADMINS)) {
    const url = `http://${database}/admin_state/${id}.json?ns=${namespace}`;
    const state = { role, company_id, operator, disabled: false, not_before: 0 };
    // The ETag of a place where nothing is: the write is refused where something is.
    const headers = { Authorization: 'Bearer owner', 'If-Match': 'null_etag' };
    const response = await fetch(url, { method: 'PUT', headers, body: JSON.stringify(state) });
    await response.arrayBuffer();
    if (!response.ok && response.status !== 412) {
      throw new SuiteError(`The Realtime Database refused the demo data with ${response.status}.`);
    }
  }
}
