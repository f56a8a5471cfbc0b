import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { parseApprovalsSearch } from '../features/approvals/approvals-search.ts';
import { parseComposeSearch } from '../features/compose/compose-search.ts';
import { recallConversation } from '../features/chat/remembered-conversation.ts';
import { parseLibrarySearch } from '../features/library/library-search.ts';
import { LibraryScreen } from '../features/library/library-screen.tsx';
import { NotFoundScreen } from './not-found-screen.tsx';
import { Shell } from './shell.tsx';

const rootRoute = createRootRoute({ component: Shell, notFoundComponent: NotFoundScreen });

const indexRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    // The router takes redirects as thrown values.
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    throw redirect({ to: '/library' });
  },
});

const libraryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/library',
  validateSearch: parseLibrarySearch,
  component: LibraryScreen,
});

interface AssetSearch {
  /** Where to start, in milliseconds. */
  at?: number;
  /** Plays from there at once: where a moment was asked for, not a page. */
  play?: true;
  /** The screen that Back returns to. */
  from?: 'review';
}

const assetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/asset/$assetId',
  validateSearch: (raw: Record<string, unknown>): AssetSearch => ({
    ...(typeof raw['at'] === 'number' && raw['at'] >= 0 ? { at: raw['at'] } : {}),
    ...(raw['play'] === true ? { play: true } : {}),
    ...(raw['from'] === 'review' ? { from: raw['from'] } : {}),
  }),
  component: lazyRouteComponent(() => import('../features/asset/asset-screen.tsx'), 'AssetScreen'),
});

const chatRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/chat',
  beforeLoad: () => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- see above
    throw redirect({ to: '/chat/$conversationId', params: { conversationId: recallConversation() } });
  },
});

const conversationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/chat/$conversationId',
  validateSearch: (raw: Record<string, unknown>): { message?: string } =>
    typeof raw['message'] === 'string' ? { message: raw['message'] } : {},
  component: lazyRouteComponent(() => import('../features/chat/chat-screen.tsx'), 'ChatScreen'),
});

const reviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/review',
  validateSearch: (raw: Record<string, unknown>): { asset?: string } =>
    typeof raw['asset'] === 'string' ? { asset: raw['asset'] } : {},
  component: lazyRouteComponent(() => import('../features/review/review-screen.tsx'), 'ReviewScreen'),
});

const activityRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/activity',
  component: lazyRouteComponent(() => import('../features/activity/activity-screen.tsx'), 'ActivityScreen'),
});

const calendarRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/calendar',
  component: lazyRouteComponent(() => import('../features/calendar/calendar-screen.tsx'), 'CalendarScreen'),
});

const composeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/compose',
  validateSearch: parseComposeSearch,
  component: lazyRouteComponent(() => import('../features/compose/compose-screen.tsx'), 'ComposeScreen'),
});

const postRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/post/$postId',
  component: lazyRouteComponent(() => import('../features/posts/post-screen.tsx'), 'PostScreen'),
});

const latePostsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/late-posts',
  component: lazyRouteComponent(() => import('../features/posts/late-posts-screen.tsx'), 'LatePostsScreen'),
});

const approvalsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/approvals',
  validateSearch: parseApprovalsSearch,
  component: lazyRouteComponent(
    () => import('../features/approvals/approvals-screen.tsx'),
    'ApprovalsScreen',
  ),
});

const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  beforeLoad: () => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- see above
    throw redirect({ to: '/settings/$section', params: { section: 'general' } });
  },
});

const settingsSectionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings/$section',
  component: lazyRouteComponent(() => import('../features/settings/settings-screen.tsx'), 'SettingsScreen'),
});

const routeTree = rootRoute.addChildren([
  indexRoute,
  libraryRoute,
  assetRoute,
  chatRoute,
  conversationRoute,
  reviewRoute,
  calendarRoute,
  composeRoute,
  postRoute,
  latePostsRoute,
  approvalsRoute,
  activityRoute,
  settingsRoute,
  settingsSectionRoute,
]);

/** The address is kept in the hash: it outlives a reload, and needs nothing of whoever serves the files. */
export const router = createRouter({
  routeTree,
  history: createHashHistory(),
  // What a route does not know in its address does not reach its screen.
  search: { strict: true },
  disableGlobalCatchBoundary: true,
  // The other screens are read as soon as the pointer or the focus comes near their links.
  defaultPreload: 'intent',
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
