import type { Companies } from '../../access/companies.ts';
import type { Route } from '../route.ts';
import { type AdminAccessOptions, adminAccessRoutes } from './admin-access-routes.ts';
import { type AdminsOptions, adminRoutes } from './admins-routes.ts';
import { apiKeyRoutes } from './api-key-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import { companyRoutes } from './company-routes.ts';
import { siteRoutes } from './sites-routes.ts';
import { workerRoutes } from './workers-routes.ts';

export interface TeamOptions extends AdminsOptions, AdminAccessOptions {
  companies: Companies;
}

/** All that a company keeps of itself: people, places, settings, keys, and who changed what. */
export function teamRoutes(options: TeamOptions): Route[] {
  return [
    ...companyRoutes(options),
    ...siteRoutes(options),
    ...workerRoutes(options),
    ...adminRoutes(options),
    ...adminAccessRoutes(options),
    ...apiKeyRoutes(options),
    ...auditRoutes(options),
  ];
}
