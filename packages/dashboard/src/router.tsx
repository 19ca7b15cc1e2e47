import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router'
import { formatSearch, parseSearch, searchOf } from './list/search-params.ts'
import { Broken } from './screens/broken.tsx'
import { NotFound } from './screens/not-found.tsx'
import { Guarded } from './shell/guarded.tsx'
import type { Need } from './words/access.ts'

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** What the screen wants of who is signed in; navigation shows it to nobody else. */
    needs: Need
  }
}

const needs = (need: Need) => ({ staticData: { needs: need } })

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, ...needs('nothing') })

const app = createRoute({ getParentRoute: () => root, id: 'app', component: Guarded, ...needs('nothing') })

/** Where mailed links lead; nobody is signed in there yet. */
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  ...needs('nothing'),
  component: lazyRouteComponent(() => import('./screens/sign-in/sign-in-page.tsx'))
})

/** A list takes these filters from its address. */
const filters = (...names: string[]) => ({
  validateSearch: (given: Record<string, unknown>) => searchOf(given, names)
})

const inbox = createRoute({
  getParentRoute: () => app,
  path: '/inbox',
  ...needs('operations'),
  ...filters('provider', 'eventType', 'status', 'leadId', 'from', 'to', 'sort'),
  component: lazyRouteComponent(() => import('./screens/inbox-list.tsx'))
})
const inboxDetail = createRoute({
  getParentRoute: () => inbox,
  path: '$id',
  ...needs('operations'),
  component: lazyRouteComponent(() => import('./screens/inbox-detail.tsx'))
})

const leads = createRoute({
  getParentRoute: () => app,
  path: '/leads',
  ...needs('leads'),
  ...filters('q', 'status', 'crmState', 'sort'),
  component: lazyRouteComponent(() => import('./screens/leads-list.tsx'))
})

const lead = createRoute({
  getParentRoute: () => app,
  path: '/leads/$id',
  ...needs('leads'),
  ...filters('tab', 'from', 'to'),
  component: lazyRouteComponent(() => import('./screens/lead/lead-page.tsx'))
})

const events = createRoute({
  getParentRoute: () => app,
  path: '/events',
  ...needs('operations'),
  ...filters('type', 'subject', 'correlationId', 'from', 'to', 'sort'),
  component: lazyRouteComponent(() => import('./screens/events/events-list.tsx'))
})
const eventDetail = createRoute({
  getParentRoute: () => events,
  path: '$id',
  ...needs('operations'),
  component: lazyRouteComponent(() => import('./screens/events/event-detail.tsx'))
})
const trace = createRoute({
  getParentRoute: () => app,
  path: '/trace/$id',
  ...needs('operations'),
  component: lazyRouteComponent(() => import('./screens/events/trace-page.tsx'))
})

const meetings = createRoute({
  getParentRoute: () => app,
  path: '/meetings',
  ...needs('leads'),
  ...filters('status', 'leadId', 'from', 'to', 'sort'),
  component: lazyRouteComponent(() => import('./screens/meetings/meetings-list.tsx'))
})
const meetingDetail = createRoute({
  getParentRoute: () => meetings,
  path: '$id',
  ...needs('leads'),
  component: lazyRouteComponent(() => import('./screens/meetings/meeting-detail.tsx'))
})

const calendar = createRoute({
  getParentRoute: () => app,
  path: '/calendar',
  ...needs('leads'),
  ...filters('view', 'date', 'status', 'host'),
  component: lazyRouteComponent(() => import('./screens/calendar/calendar-page.tsx'))
})
const calendarMeeting = createRoute({
  getParentRoute: () => calendar,
  path: '$id',
  ...needs('leads'),
  component: lazyRouteComponent(() => import('./screens/meetings/meeting-detail.tsx'))
})

const liveCalls = createRoute({
  getParentRoute: () => app,
  path: '/live-calls',
  ...needs('leads'),
  component: lazyRouteComponent(() => import('./screens/calls/live-calls.tsx'))
})
const calls = createRoute({
  getParentRoute: () => app,
  path: '/calls',
  ...needs('leads'),
  ...filters('status', 'direction', 'leadId', 'flowId', 'number', 'live', 'from', 'to', 'sort'),
  component: lazyRouteComponent(() => import('./screens/calls/calls-list.tsx'))
})
const callDetail = createRoute({
  getParentRoute: () => calls,
  path: '$id',
  ...needs('leads'),
  component: lazyRouteComponent(() => import('./screens/calls/call-detail.tsx'))
})
const numbers = createRoute({
  getParentRoute: () => app,
  path: '/numbers',
  ...needs('operations'),
  component: lazyRouteComponent(() => import('./screens/numbers/numbers-page.tsx'))
})

const flows = createRoute({
  getParentRoute: () => app,
  path: '/flows',
  ...needs('operations'),
  component: lazyRouteComponent(() => import('./screens/flows/flows-page.tsx'))
})
const flow = createRoute({
  getParentRoute: () => app,
  path: '/flows/$id',
  ...needs('operations'),
  ...filters('view', 'step', 'from', 'to', 'after'),
  component: lazyRouteComponent(() => import('./screens/flows/flow-page.tsx'))
})

const messages = createRoute({
  getParentRoute: () => app,
  path: '/messages',
  ...needs('leads'),
  ...filters('number', 'leadId', 'sort'),
  component: lazyRouteComponent(() => import('./screens/messages/threads-list.tsx'))
})
const thread = createRoute({
  getParentRoute: () => messages,
  path: '$id',
  ...needs('leads'),
  component: lazyRouteComponent(() => import('./screens/messages/thread-detail.tsx'))
})
const suppressions = createRoute({
  getParentRoute: () => app,
  path: '/suppressions',
  ...needs('leads'),
  ...filters('active', 'reason', 'channel', 'number', 'leadId', 'sort'),
  component: lazyRouteComponent(() => import('./screens/suppressions/suppressions-list.tsx'))
})
const suppression = createRoute({
  getParentRoute: () => suppressions,
  path: '$id',
  ...needs('leads'),
  component: lazyRouteComponent(() => import('./screens/suppressions/suppression-detail.tsx'))
})

const invoices = createRoute({
  getParentRoute: () => app,
  path: '/invoices',
  ...needs('leads'),
  ...filters('customer', 'state', 'overdue', 'currency', 'leadId', 'from', 'to', 'sort'),
  component: lazyRouteComponent(() => import('./screens/invoices/invoices-list.tsx'))
})
const newInvoice = createRoute({
  getParentRoute: () => app,
  path: '/invoices/new',
  ...needs('commands'),
  ...filters('leadId'),
  component: lazyRouteComponent(() => import('./screens/invoices/new-draft.tsx'))
})
const invoice = createRoute({
  getParentRoute: () => app,
  path: '/invoices/$id',
  ...needs('leads'),
  ...filters('tab'),
  component: lazyRouteComponent(() => import('./screens/invoices/invoice-page.tsx'))
})
const editInvoice = createRoute({
  getParentRoute: () => app,
  path: '/invoices/$id/edit',
  ...needs('commands'),
  component: lazyRouteComponent(() => import('./screens/invoices/edit-draft.tsx'))
})
const catalogue = createRoute({
  getParentRoute: () => app,
  path: '/catalogue',
  ...needs('leads'),
  ...filters('q', 'archived', 'currency', 'sort'),
  component: lazyRouteComponent(() => import('./screens/catalogue/catalogue-list.tsx'))
})
const catalogueItem = createRoute({
  getParentRoute: () => catalogue,
  path: '$id',
  ...needs('leads'),
  component: lazyRouteComponent(() => import('./screens/catalogue/item-detail.tsx'))
})
const payments = createRoute({
  getParentRoute: () => app,
  path: '/payments',
  ...needs('leads'),
  ...filters('state', 'method', 'dispute', 'refunded', 'invoiceId', 'leadId', 'currency', 'from', 'to', 'sort'),
  component: lazyRouteComponent(() => import('./screens/payments/payments-list.tsx'))
})
const payment = createRoute({
  getParentRoute: () => payments,
  path: '$id',
  ...needs('leads'),
  component: lazyRouteComponent(() => import('./screens/payments/payment-detail.tsx'))
})

const spend = createRoute({
  getParentRoute: () => app,
  path: '/spend',
  ...needs('leads'),
  ...filters('month', 'by', 'currency'),
  component: lazyRouteComponent(() => import('./screens/spend/spend-page.tsx'))
})
const spendEntries = createRoute({
  getParentRoute: () => app,
  path: '/spend/entries',
  ...needs('leads'),
  ...filters('kind', 'leadId', 'callId', 'messageId', 'campaignId', 'model', 'currency', 'from', 'to', 'sort'),
  component: lazyRouteComponent(() => import('./screens/spend/spend-entries.tsx'))
})

const deadLetters = createRoute({
  getParentRoute: () => app,
  path: '/dead-letters',
  ...needs('operations'),
  ...filters('state'),
  component: lazyRouteComponent(() => import('./screens/dead-letters/groups-list.tsx'))
})
const deadLetterDetail = createRoute({
  getParentRoute: () => deadLetters,
  path: '$id',
  ...needs('operations'),
  component: lazyRouteComponent(() => import('./screens/dead-letters/group-detail.tsx'))
})

const rebuilds = createRoute({
  getParentRoute: () => app,
  path: '/rebuilds',
  ...needs('operations'),
  component: lazyRouteComponent(() => import('./screens/rebuilds/rebuilds-page.tsx'))
})
const rebuild = createRoute({
  getParentRoute: () => app,
  path: '/rebuilds/$id',
  ...needs('operations'),
  ...filters('after'),
  component: lazyRouteComponent(() => import('./screens/rebuilds/rebuild-page.tsx'))
})

const whatIfs = createRoute({
  getParentRoute: () => app,
  path: '/what-ifs',
  ...needs('operations'),
  component: lazyRouteComponent(() => import('./screens/what-ifs/what-ifs-page.tsx'))
})
const newWhatIf = createRoute({
  getParentRoute: () => app,
  path: '/what-ifs/new',
  ...needs('commands'),
  component: lazyRouteComponent(() => import('./screens/what-ifs/new-what-if.tsx'))
})
const whatIf = createRoute({
  getParentRoute: () => app,
  path: '/what-ifs/$id',
  ...needs('operations'),
  ...filters('after'),
  component: lazyRouteComponent(() => import('./screens/what-ifs/what-if-page.tsx'))
})

const ledger = createRoute({
  getParentRoute: () => app,
  path: '/ledger',
  ...needs('operations'),
  component: lazyRouteComponent(() => import('./screens/ledger.tsx'))
})
const health = createRoute({
  getParentRoute: () => app,
  path: '/health',
  ...needs('operations'),
  component: lazyRouteComponent(() => import('./screens/health.tsx'))
})
const overview = createRoute({
  getParentRoute: () => app,
  path: '/',
  ...needs('operations'),
  component: lazyRouteComponent(() => import('./screens/overview/overview-page.tsx'))
})

const settings = createRoute({
  getParentRoute: () => app,
  path: '/settings',
  ...needs('nothing'),
  component: lazyRouteComponent(() => import('./screens/settings/settings-page.tsx'))
})
const myAccount = createRoute({
  getParentRoute: () => settings,
  path: 'account',
  ...needs('session'),
  component: lazyRouteComponent(() => import('./screens/settings/my-account.tsx'))
})
const fieldMapping = createRoute({
  getParentRoute: () => settings,
  path: 'field-mapping',
  ...needs('operations'),
  component: lazyRouteComponent(() => import('./screens/settings/field-mapping/field-mapping-page.tsx'))
})
const integrations = createRoute({
  getParentRoute: () => settings,
  path: 'integrations',
  ...needs('operations'),
  ...filters('zoom'),
  component: lazyRouteComponent(() => import('./screens/settings/integrations.tsx'))
})
const flags = createRoute({
  getParentRoute: () => settings,
  path: 'flags',
  ...needs('operations'),
  component: lazyRouteComponent(() => import('./screens/settings/flags.tsx'))
})

const people = createRoute({
  getParentRoute: () => settings,
  path: 'people',
  ...needs('admin'),
  component: lazyRouteComponent(() => import('./screens/settings/people.tsx'))
})
const apiKeys = createRoute({
  getParentRoute: () => settings,
  path: 'api-keys',
  ...needs('admin'),
  component: lazyRouteComponent(() => import('./screens/settings/api-keys.tsx'))
})
const securityLog = createRoute({
  getParentRoute: () => settings,
  path: 'security-log',
  ...needs('admin'),
  ...filters('type', 'userId', 'sort'),
  component: lazyRouteComponent(() => import('./screens/settings/security-log.tsx'))
})

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    app.addChildren([
      overview,
      inbox.addChildren([inboxDetail]),
      leads,
      lead,
      events.addChildren([eventDetail]),
      trace,
      meetings.addChildren([meetingDetail]),
      calendar.addChildren([calendarMeeting]),
      liveCalls,
      calls.addChildren([callDetail]),
      numbers,
      flows,
      flow,
      messages.addChildren([thread]),
      suppressions.addChildren([suppression]),
      invoices,
      newInvoice,
      invoice,
      editInvoice,
      catalogue.addChildren([catalogueItem]),
      payments.addChildren([payment]),
      spend,
      spendEntries,
      deadLetters.addChildren([deadLetterDetail]),
      rebuilds,
      rebuild,
      whatIfs,
      newWhatIf,
      whatIf,
      ledger,
      health,
      settings.addChildren([myAccount, people, apiKeys, securityLog, fieldMapping, integrations, flags])
    ])
  ]),
  parseSearch,
  stringifySearch: formatSearch,
  defaultErrorComponent: Broken,
  defaultPreload: 'intent',
  scrollRestoration: true
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
