/** A worker as the API has them. */
export interface Worker {
  id: string;
  name: string;
  mobile_no: string;
  site_id: string | null;
  admin_id: string | null;
  language: string | null;
}

/** A worker as a form has them: nothing is an empty text there. */
export type WorkerFields = Record<keyof Omit<Worker, 'id'>, string>;

export const NO_WORKER: WorkerFields = {
  name: '',
  mobile_no: '',
  site_id: '',
  admin_id: '',
  language: '',
};

export function fieldsOfWorker(worker: Worker): WorkerFields {
  return {
    name: worker.name,
    mobile_no: worker.mobile_no,
    site_id: worker.site_id ?? '',
    admin_id: worker.admin_id ?? '',
    language: worker.language ?? '',
  };
}

/** As the API takes it: an empty text is nothing. */
export function bodyOfWorker(fields: Partial<WorkerFields>): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(fields).map(([field, text]) => [field, text.trim() === '' ? null : text.trim()]),
  );
}
