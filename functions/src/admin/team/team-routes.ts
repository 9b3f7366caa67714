import type { Companies } from '../../access/companies.ts';
import type { Route } from '../route.ts';
import { type AdminAccessOptions, adminAccessRoutes } from './admin-access-routes.ts';
import { type AdminsOptions, adminRoutes } from './admins-routes.ts';
import { apiKeyRoutes } from './api-key-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import { colleaguesRoute } from './colleagues-route.ts';
import { companyRoutes } from './company-routes.ts';
import { numberRoutes } from './numbers-routes.ts';
import { type OnCallOptions, onCallRoutes } from './on-call-routes.ts';
import { retentionRoute } from './retention-route.ts';
import { siteRoutes } from './sites-routes.ts';
import { workerRoutes } from './workers-routes.ts';

export interface TeamOptions extends AdminsOptions, AdminAccessOptions, OnCallOptions {
  companies: Companies;
}

/** All that a company keeps of itself: people, places, settings, keys, and who changed what. */
export function teamRoutes(options: TeamOptions): Route[] {
  return [
    ...companyRoutes(options),
    retentionRoute(options),
    ...onCallRoutes(options),
    ...numberRoutes(options),
    ...siteRoutes(options),
    ...workerRoutes(options),
    colleaguesRoute(options),
    ...adminRoutes(options),
    ...adminAccessRoutes(options),
    ...apiKeyRoutes(options),
    ...auditRoutes(options),
  ];
}
