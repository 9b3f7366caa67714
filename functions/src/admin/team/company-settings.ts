import type { DocumentSnapshot } from 'firebase-admin/firestore';
import { Company } from '../../access/companies.ts';
import { internal } from '../answer-error.ts';

/** A company's settings as they hold: defaults where nothing is stored. */
export function companyIn(document: DocumentSnapshot): Company {
  const company = Company.safeParse(document.data() ?? {});
  if (!company.success) throw internal(company.error);
  return company.data;
}
