import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router'
import { useSignedIn } from './api/session.ts'
import { NotFound } from './screens/not-found.tsx'
import { SignIn } from './screens/sign-in.tsx'
import { AppShell } from './shell/app-shell.tsx'
import { formatSearch, parseSearch, searchOf } from './list/search-params.ts'

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound })

const app = createRoute({ getParentRoute: () => root, id: 'app', component: Guarded })

/** Who is not signed in sees the sign-in in place of the screen, and the screen afterwards. */
function Guarded() {
  const signedIn = useSignedIn()
  if (signedIn === 'unknown') return null
  return signedIn === 'no' ? <SignIn /> : <AppShell />
}

/** A list takes these filters from its address. */
const filters = (...names: string[]) => ({
  validateSearch: (given: Record<string, unknown>) => searchOf(given, names)
})

const inbox = createRoute({
  getParentRoute: () => app,
  path: '/inbox',
  ...filters('provider', 'eventType', 'status', 'leadId', 'from', 'to', 'sort'),
  component: lazyRouteComponent(() => import('./screens/inbox-list.tsx'))
})
const inboxDetail = createRoute({
  getParentRoute: () => inbox,
  path: '$id',
  component: lazyRouteComponent(() => import('./screens/inbox-detail.tsx'))
})

const leads = createRoute({
  getParentRoute: () => app,
  path: '/leads',
  ...filters('q', 'status', 'crmState', 'sort'),
  component: lazyRouteComponent(() => import('./screens/leads-list.tsx'))
})

const lead = createRoute({
  getParentRoute: () => app,
  path: '/leads/$id',
  ...filters('tab'),
  component: lazyRouteComponent(() => import('./screens/lead/lead-page.tsx'))
})

const events = createRoute({
  getParentRoute: () => app,
  path: '/events',
  ...filters('type', 'subject', 'correlationId', 'from', 'to', 'sort'),
  component: lazyRouteComponent(() => import('./screens/events/events-list.tsx'))
})
const eventDetail = createRoute({
  getParentRoute: () => events,
  path: '$id',
  component: lazyRouteComponent(() => import('./screens/events/event-detail.tsx'))
})
const trace = createRoute({
  getParentRoute: () => app,
  path: '/trace/$id',
  component: lazyRouteComponent(() => import('./screens/events/trace-page.tsx'))
})

const meetings = createRoute({
  getParentRoute: () => app,
  path: '/meetings',
  ...filters('status', 'leadId', 'from', 'to', 'sort'),
  component: lazyRouteComponent(() => import('./screens/meetings/meetings-list.tsx'))
})
const meetingDetail = createRoute({
  getParentRoute: () => meetings,
  path: '$id',
  component: lazyRouteComponent(() => import('./screens/meetings/meeting-detail.tsx'))
})

const deadLetters = createRoute({
  getParentRoute: () => app,
  path: '/dead-letters',
  ...filters('state'),
  component: lazyRouteComponent(() => import('./screens/dead-letters/groups-list.tsx'))
})
const deadLetterDetail = createRoute({
  getParentRoute: () => deadLetters,
  path: '$id',
  component: lazyRouteComponent(() => import('./screens/dead-letters/group-detail.tsx'))
})

const ledger = createRoute({
  getParentRoute: () => app,
  path: '/ledger',
  component: lazyRouteComponent(() => import('./screens/ledger.tsx'))
})
const health = createRoute({
  getParentRoute: () => app,
  path: '/health',
  component: lazyRouteComponent(() => import('./screens/health.tsx'))
})
const overview = createRoute({
  getParentRoute: () => app,
  path: '/',
  component: lazyRouteComponent(() => import('./screens/overview/overview-page.tsx'))
})

export const router = createRouter({
  routeTree: root.addChildren([
    app.addChildren([
      overview,
      inbox.addChildren([inboxDetail]),
      leads,
      lead,
      events.addChildren([eventDetail]),
      trace,
      meetings.addChildren([meetingDetail]),
      deadLetters.addChildren([deadLetterDetail]),
      ledger,
      health
    ])
  ]),
  parseSearch,
  stringifySearch: formatSearch,
  defaultPreload: 'intent',
  scrollRestoration: true
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
