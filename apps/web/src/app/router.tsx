/** The addresses of the screens. What is filtered stands in them; whose data it is never does. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
} from '@tanstack/react-router';
import { knownAt, lookedIn } from '../audit/addressed.js';
import { ReferralsPage } from '../referrals/ReferralsPage.js';
import { shownIn } from '../referrals/shown.js';
import { shownIn as scheduleIn } from '../schedule/shown.js';
import { useMe } from '../session/me.js';
import { InboxPage } from '../tasks/InboxPage.js';
import { viewedIn } from '../tasks/viewed.js';
import { Broken, Missing } from './Trouble.js';
import { placesFor } from './places.js';
import { Shell } from './Shell.js';

const root = createRootRoute({ component: Shell, notFoundComponent: Missing, errorComponent: Broken });

const Landing = () => <Navigate to={placesFor(useMe().actingAs.role)[0] ?? '/referrals'} replace />;

const routes = [
  createRoute({ getParentRoute: () => root, path: '/', component: Landing }),
  createRoute({
    getParentRoute: () => root,
    path: '/referrals',
    component: ReferralsPage,
    validateSearch: shownIn,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/referrals/$id',
    component: lazyRouteComponent(() => import('../referrals/ReferralPage.js'), 'ReferralPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/referrals/new',
    component: lazyRouteComponent(() => import('../order/NewReferralPage.js'), 'NewReferralPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/referrals/$id/draft',
    component: lazyRouteComponent(() => import('../order/DraftPage.js'), 'DraftPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/referrals/$id/revise',
    component: lazyRouteComponent(() => import('../order/RevisePage.js'), 'RevisePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/visits/$id',
    component: lazyRouteComponent(() => import('../visits/VisitPage.js'), 'VisitPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/referrals/$id/plan',
    component: lazyRouteComponent(() => import('../plans/PlanEditorPage.js'), 'PlanEditorPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/schedule',
    component: lazyRouteComponent(() => import('../schedule/SchedulePage.js'), 'SchedulePage'),
    validateSearch: scheduleIn,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/matches',
    component: lazyRouteComponent(() => import('../records/MatchesPage.js'), 'MatchesPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/matches/$one/$other',
    component: lazyRouteComponent(() => import('../records/ComparePage.js'), 'ComparePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/merges',
    component: lazyRouteComponent(() => import('../records/MergesPage.js'), 'MergesPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/operations',
    component: lazyRouteComponent(() => import('../operations/OperationsPage.js'), 'OperationsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/precautions',
    component: lazyRouteComponent(() => import('../safety/ProposedPage.js'), 'ProposedPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/imports',
    component: lazyRouteComponent(() => import('../imports/ImportsPage.js'), 'ImportsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/imports/$id',
    component: lazyRouteComponent(() => import('../imports/ImportPage.js'), 'ImportPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/people',
    component: lazyRouteComponent(() => import('../directory/PeoplePage.js'), 'PeoplePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/people/$id',
    component: lazyRouteComponent(() => import('../directory/PersonPage.js'), 'PersonPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/organizations',
    component: lazyRouteComponent(() => import('../directory/OrganizationsPage.js'), 'OrganizationsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/keys',
    component: lazyRouteComponent(() => import('../keys/KeysPage.js'), 'KeysPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/audit',
    component: lazyRouteComponent(() => import('../audit/AuditPage.js'), 'AuditPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/audit/cases/$id',
    component: lazyRouteComponent(() => import('../audit/CasePage.js'), 'CasePage'),
    validateSearch: knownAt,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/access',
    component: lazyRouteComponent(() => import('../audit/AccessPage.js'), 'AccessPage'),
    validateSearch: lookedIn,
  }),
  createRoute({ getParentRoute: () => root, path: '/inbox', component: InboxPage, validateSearch: viewedIn }),
] as const;

export const router = createRouter({
  routeTree: root.addChildren(routes),
  defaultErrorComponent: Broken,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
  interface HistoryState {
    /** One came from the list of referrals, and goes back to where one was in it. */
    fromList?: boolean;
  }
}
