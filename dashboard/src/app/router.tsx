import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { Filters } from '../screens/history/filters.ts';
import { AuditFilters } from '../screens/office/audit/audit-filters.ts';
import { InsightsSearch } from '../screens/office/insights/search.ts';
import {
  DaysSearch,
  ManualSearch,
  ManualsSearch,
  NewManualSearch,
} from '../screens/office/manuals/search.ts';
import { Opened } from '../screens/office/opened.ts';
import { WorkerFilters } from '../screens/office/workers/filters.ts';
import { Frame } from './frame.tsx';
import { NotFound } from './not-found.tsx';

const root = createRootRoute({ component: Frame, notFoundComponent: NotFound });

const live = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('../screens/live/live-screen.tsx'), 'LiveScreen'),
});

const wall = createRoute({
  getParentRoute: () => root,
  path: '/wall',
  component: lazyRouteComponent(() => import('../screens/live/wall-screen.tsx'), 'WallScreen'),
});

const call = createRoute({
  getParentRoute: () => root,
  path: '/calls/$callId',
  component: lazyRouteComponent(() => import('../screens/call/call-screen.tsx'), 'CallScreen'),
});

const history = createRoute({
  getParentRoute: () => root,
  path: '/history',
  validateSearch: Filters,
  component: lazyRouteComponent(
    () => import('../screens/history/history-screen.tsx'),
    'HistoryScreen',
  ),
});

const office = createRoute({
  getParentRoute: () => root,
  path: '/office',
  component: lazyRouteComponent(() => import('../screens/office/office-frame.tsx'), 'OfficeFrame'),
});

const officeStart = createRoute({
  getParentRoute: () => office,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/office/workers', replace: true });
  },
});

const workers = createRoute({
  getParentRoute: () => office,
  path: '/workers',
  validateSearch: WorkerFilters,
  component: lazyRouteComponent(
    () => import('../screens/office/workers/workers-screen.tsx'),
    'WorkersScreen',
  ),
});

const workersImport = createRoute({
  getParentRoute: () => office,
  path: '/workers/import',
  component: lazyRouteComponent(
    () => import('../screens/office/workers/import-screen.tsx'),
    'WorkersImportScreen',
  ),
});

const sites = createRoute({
  getParentRoute: () => office,
  path: '/sites',
  validateSearch: Opened,
  component: lazyRouteComponent(
    () => import('../screens/office/sites/sites-screen.tsx'),
    'SitesScreen',
  ),
});

const people = createRoute({
  getParentRoute: () => office,
  path: '/people',
  validateSearch: Opened,
  component: lazyRouteComponent(
    () => import('../screens/office/people/people-screen.tsx'),
    'PeopleScreen',
  ),
});

const numbers = createRoute({
  getParentRoute: () => office,
  path: '/numbers',
  component: lazyRouteComponent(
    () => import('../screens/office/numbers/numbers-screen.tsx'),
    'NumbersScreen',
  ),
});

const onCall = createRoute({
  getParentRoute: () => office,
  path: '/on-call',
  component: lazyRouteComponent(
    () => import('../screens/office/on-call/on-call-screen.tsx'),
    'OnCallScreen',
  ),
});

const settings = createRoute({
  getParentRoute: () => office,
  path: '/settings',
  component: lazyRouteComponent(
    () => import('../screens/office/settings/settings-screen.tsx'),
    'SettingsScreen',
  ),
});

const keys = createRoute({
  getParentRoute: () => office,
  path: '/keys',
  component: lazyRouteComponent(
    () => import('../screens/office/keys/keys-screen.tsx'),
    'KeysScreen',
  ),
});

const audit = createRoute({
  getParentRoute: () => office,
  path: '/audit',
  validateSearch: AuditFilters,
  component: lazyRouteComponent(
    () => import('../screens/office/audit/audit-screen.tsx'),
    'AuditScreen',
  ),
});

const account = createRoute({
  getParentRoute: () => office,
  path: '/account',
  component: lazyRouteComponent(
    () => import('../screens/office/account/account-screen.tsx'),
    'AccountScreen',
  ),
});

const manuals = createRoute({
  getParentRoute: () => office,
  path: '/manuals',
  validateSearch: ManualsSearch,
  component: lazyRouteComponent(
    () => import('../screens/office/manuals/manuals-screen.tsx'),
    'ManualsScreen',
  ),
});

const newManual = createRoute({
  getParentRoute: () => office,
  path: '/manuals/new',
  validateSearch: NewManualSearch,
  component: lazyRouteComponent(
    () => import('../screens/office/manuals/new-manual-screen.tsx'),
    'NewManualScreen',
  ),
});

const unanswered = createRoute({
  getParentRoute: () => office,
  path: '/manuals/unanswered',
  validateSearch: DaysSearch,
  component: lazyRouteComponent(
    () => import('../screens/office/manuals/unanswered-screen.tsx'),
    'UnansweredScreen',
  ),
});

const shippedCard = createRoute({
  getParentRoute: () => office,
  path: '/manuals/cards/$cardId',
  validateSearch: DaysSearch,
  component: lazyRouteComponent(
    () => import('../screens/office/manuals/card-screen.tsx'),
    'CardScreen',
  ),
});

const manual = createRoute({
  getParentRoute: () => office,
  path: '/manuals/$manualId',
  validateSearch: ManualSearch,
  component: lazyRouteComponent(
    () => import('../screens/office/manuals/manual-screen.tsx'),
    'ManualScreen',
  ),
});

const insights = createRoute({
  getParentRoute: () => office,
  path: '/insights',
  validateSearch: InsightsSearch,
  component: lazyRouteComponent(
    () => import('../screens/office/insights/insights-screen.tsx'),
    'InsightsScreen',
  ),
});

const operations = createRoute({
  getParentRoute: () => office,
  path: '/operations',
  component: lazyRouteComponent(
    () => import('../screens/office/operations/operations-screen.tsx'),
    'OperationsScreen',
  ),
});

export const router = createRouter({
  routeTree: root.addChildren([
    live,
    wall,
    call,
    history,
    office.addChildren([
      officeStart,
      workers,
      workersImport,
      sites,
      people,
      numbers,
      onCall,
      settings,
      keys,
      audit,
      account,
      manuals,
      newManual,
      unanswered,
      shippedCard,
      manual,
      insights,
      operations,
    ]),
  ]),
  defaultPreload: 'intent',
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
