import { z } from 'zod';

/** Which project an operator's command works on. */
export interface Target {
  projectId: string;
  databaseUrl: string;
  isLocal: boolean;
  /** For people: where it is, without a secret. */
  description: string;
}

/** What was asked can't be done as it was asked; the message says how it can. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface TargetFlags {
  project?: string | undefined;
  databaseUrl?: string | undefined;
}

/** Projects with this prefix can't be real ones. */
const LOCAL = /^demo-/;

/**
 * A deployed project has to be named in full; a local suite is found by the variables of its hosts and
 * project, which Google's libraries follow wherever they are set. The two are never mixed.
 * @throws UsageError
 */
export function chooseTarget(
  { project, databaseUrl }: TargetFlags,
  environment: Record<string, string | undefined>,
): Target {
  const firestore = environment.FIRESTORE_EMULATOR_HOST;
  const database = environment.FIREBASE_DATABASE_EMULATOR_HOST;
  if (databaseUrl !== undefined) {
    if (project === undefined || LOCAL.test(project)) {
      throw new UsageError('--database-url needs --project with the id of a deployed project.');
    }
    if (firestore || database) {
      throw new UsageError(
        'FIRESTORE_EMULATOR_HOST and FIREBASE_DATABASE_EMULATOR_HOST lead to a local suite: unset them to work on a deployed project.',
      );
    }
    if (!z.url({ protocol: /^https$/ }).safeParse(databaseUrl).success) {
      throw new UsageError(
        '--database-url is the https address of the Realtime Database, as the Firebase console shows it.',
      );
    }
    const description = `project ${project}, deployed (${databaseUrl})`;
    return { projectId: project, databaseUrl, isLocal: false, description };
  }
  const projectId = project ?? environment.GCLOUD_PROJECT;
  if (!firestore || !database || !projectId) {
    throw new UsageError(
      'Name the deployed project by --project ID --database-url URL; the local suite is found when it is run by npm.',
    );
  }
  if (!LOCAL.test(projectId)) {
    throw new UsageError(`For the deployed project ${projectId} give its --database-url too.`);
  }
  return {
    projectId,
    databaseUrl: `http://${database}/?ns=${projectId}-default-rtdb`,
    isLocal: true,
    description: `project ${projectId}, local suite (Firestore ${firestore}, Realtime Database ${database})`,
  };
}
