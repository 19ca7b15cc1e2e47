import type { Page, Route } from 'playwright-core'
import { openScreen } from './screens.ts'

/** A state that a screen may be in, and how a page gets there. */
export interface ScreenState {
  readonly name: string
  /** `{lead}` and the like stand for ids that the system must give. */
  readonly address: string
  /** Below or from this width only. */
  readonly widths?: 'narrow' | 'wide'
  /** Nobody is signed in. */
  readonly signedOut?: true
  reach(page: Page, address: string): Promise<void>
}

const NARROW_BELOW = 1_024

export function isSeenAt({ widths }: ScreenState, width: number): boolean {
  return widths === undefined || (widths === 'narrow') === width < NARROW_BELOW
}

/** Beside each screen as it usually is: empty, loading, failed, held back, offline, and what opens above it. */
export const STATES: readonly ScreenState[] = [
  {
    name: 'sign-in',
    address: '/',
    signedOut: true,
    reach: async (page, address) => {
      await page.goto(address)
      await page.getByRole('heading').first().waitFor()
    }
  },
  { name: 'not-found', address: '/no-such-screen', reach: (page, address) => openScreen(page, address) },
  {
    name: 'leads-nothing-matches',
    address: '/leads?q=nobody-of-that-name',
    reach: (page, address) => openScreen(page, address)
  },
  {
    name: 'inbox-empty',
    address: '/inbox',
    reach: async (page, address) => {
      await page.route('**/v1/received-events?*', (route) => route.fulfill({ json: { data: [], nextCursor: null } }))
      await openScreen(page, address)
    }
  },
  {
    name: 'leads-loading',
    address: '/leads',
    reach: async (page, address) => {
      await page.route('**/v1/leads?*', unanswered)
      await page.goto(address)
      await page.getByRole('status', { name: 'Loading' }).first().waitFor()
    }
  },
  {
    name: 'leads-failed',
    address: '/leads',
    reach: async (page, address) => {
      await page.route('**/v1/leads?*', internalError)
      await page.goto(address)
      await page.getByRole('alert').first().waitFor()
    }
  },
  {
    name: 'lead-unknown',
    address: '/leads/00000000000000000000000000000000',
    reach: async (page, address) => {
      await page.goto(address)
      await page.getByRole('alert').first().waitFor()
    }
  },
  {
    name: 'ledger-held-back',
    address: '/ledger',
    reach: async (page, address) => {
      await page.route('**/v1/ledger*', (route) =>
        problem(route, 429, 'RATE_LIMITED', 'Too many requests.', { 'retry-after': '60' })
      )
      await page.goto(address)
      await page.getByText('asked too often').waitFor()
    }
  },
  {
    name: 'overview-offline',
    address: '/',
    reach: async (page, address) => {
      await page.route(/\/(healthz|v1\/stream)/, (route) => route.abort())
      await openScreen(page, address)
      await page.getByText('Disconnected').filter({ visible: true }).waitFor()
    }
  },
  {
    name: 'lead-evidence',
    address: '/leads/{lead}',
    reach: async (page, address) => {
      await openScreen(page, address)
      await page.getByRole('button', { name: /^Rules.*Where Next step comes from/ }).click()
      await page.getByRole('dialog').getByText('Read from').waitFor()
    }
  },
  ...['timeline', 'crm', 'compare'].map((tab) => ({
    name: `lead-${tab}`,
    address: `/leads/{lead}?tab=${tab}`,
    reach: (page: Page, address: string) => openScreen(page, address)
  })),
  { name: 'trace', address: '/trace/{received}', reach: (page, address) => openScreen(page, address) },
  ...['live-calls', 'calls', 'numbers'].flatMap((screen): ScreenState[] => [
    {
      name: `${screen}-empty`,
      address: `/${screen}`,
      reach: async (page, address) => {
        await page.route(TELEPHONY, (route) => route.fulfill({ json: { data: [], nextCursor: null } }))
        await openScreen(page, address)
      }
    },
    {
      name: `${screen}-failed`,
      address: `/${screen}`,
      reach: async (page, address) => {
        await page.route(TELEPHONY, internalError)
        await page.goto(address)
        await page.getByRole('alert').first().waitFor()
      }
    },
    {
      name: `${screen}-forbidden`,
      address: `/${screen}`,
      reach: async (page, address) => {
        await signedInWith(page, { scopes: [] })
        await openScreen(page, address)
      }
    }
  ]),
  {
    name: 'live-calls-busy',
    address: '/live-calls',
    reach: async (page, address) => {
      await page.route('**/v1/calls?*live=true*', someOnThePhone)
      await page.route('**/v1/conferences?*', someInConference)
      await openScreen(page, address)
      await page.getByText('longest wait').first().waitFor()
      await page.getByRole('list', { name: 'Conferences' }).waitFor()
    }
  },
  {
    name: 'call-transfer',
    address: '/live-calls',
    reach: async (page, address) => {
      await page.route('**/v1/calls?*live=true*', someOnThePhone)
      await openScreen(page, address)
      await page
        .getByRole('button', { name: /^Transfer the call/ })
        .first()
        .click()
      await page.getByRole('dialog').waitFor()
    }
  },
  {
    name: 'lead-dials',
    address: '/leads/{lead}',
    reach: async (page, address) => {
      await page.route('**/v1/dials?*', someDials)
      await openScreen(page, address)
      await page.getByRole('list', { name: 'Calls that were asked for' }).waitFor()
    }
  },
  {
    name: 'lead-call',
    address: '/leads/{lead}',
    reach: async (page, address) => {
      await page.route(/\/v1\/leads\/[^/?]+(\?|$)/, reachable)
      await openScreen(page, address)
      await page.getByRole('button', { name: 'Call', exact: true }).click()
      await page.getByRole('dialog').waitFor()
    }
  },
  {
    name: 'not-for-you',
    address: '/inbox',
    reach: async (page, address) => {
      await signedInWith(page, { scopes: [] })
      await openScreen(page, address)
    }
  },
  {
    name: 'call-unknown',
    address: '/calls/00000000-0000-5000-8000-000000000000',
    reach: async (page, address) => {
      await page.goto(address)
      await page.getByRole('alert').first().waitFor()
    }
  },
  {
    name: 'call-failed',
    address: '/calls/{call}',
    reach: async (page, address) => {
      await page.route(/\/v1\/calls\/[^/?]+(\?|$)/, internalError)
      await page.goto(address)
      await page.getByRole('alert').first().waitFor()
    }
  },
  {
    name: 'numbers-read-only',
    address: '/numbers',
    reach: async (page, address) => {
      await signedInWith(page, { scopes: ['read'] })
      await openScreen(page, address)
    }
  },
  {
    name: 'number-change',
    address: '/numbers',
    reach: async (page, address) => {
      await openScreen(page, address)
      await page
        .getByRole('button', { name: /^Change who answers/ })
        .first()
        .click()
      await page.getByRole('dialog').waitFor()
    }
  },
  {
    name: 'calendar-schedule',
    address: '/calendar?view=week&date=2026-11-18',
    reach: async (page, address) => {
      await openScreen(page, address)
      await page.getByRole('button', { name: 'Schedule', exact: true }).click()
      await page.getByRole('dialog').waitFor()
    }
  },
  {
    name: 'meeting-refused-room',
    address: '/meetings/{meeting}',
    reach: async (page, address) => {
      await page.route(/\/v1\/meetings\/[^/?]+(\?|$)/, refusedRoom)
      await openScreen(page, address)
      await page.getByText('Zoom did not open a room.').waitFor()
    }
  },
  {
    name: 'meeting-attended',
    address: '/meetings/{meeting}',
    reach: async (page, address) => {
      await page.route(/\/v1\/meetings\/[^/?]+(\?|$)/, attendedMeeting)
      await page.route(/\/v1\/meetings\/[^/?]+\/transcript/, whatWasSaid)
      await openScreen(page, address)
      await page.getByRole('group', { name: 'Player' }).waitFor()
    }
  },
  {
    name: 'zoom-lost',
    address: '/settings/integrations',
    reach: async (page, address) => {
      await page.route('**/v1/zoom-connections', lostPermission)
      await openScreen(page, address)
      await page.getByText('Permission lost').waitFor()
      await page.evaluate("document.querySelector('[data-vendor=zoom]').scrollIntoView()")
    }
  },
  {
    name: 'palette',
    address: '/leads',
    reach: async (page, address) => {
      await openScreen(page, address)
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').waitFor()
    }
  },
  {
    name: 'keys',
    address: '/',
    widths: 'wide',
    reach: async (page, address) => {
      await openScreen(page, address)
      await page.keyboard.press('?')
      await page.getByRole('dialog').waitFor()
    }
  },
  {
    name: 'menu',
    address: '/',
    widths: 'narrow',
    reach: async (page, address) => {
      await openScreen(page, address)
      await page.getByRole('button', { name: 'Menu' }).click()
      await page.getByRole('dialog').waitFor()
    }
  }
]

/** A request that is never answered while the page looks. */
function unanswered(): Promise<void> {
  return new Promise(() => undefined)
}

/** Reads of the live calls, of all calls and of the numbers. */
const TELEPHONY = /\/v1\/(calls|phone-numbers)(\?|$)/

function internalError(route: Route): Promise<void> {
  return problem(route, 500, 'INTERNAL_ERROR', 'Something went wrong on our side. It was logged.')
}

/** The page takes whoever is signed in for somebody with these rights. */
async function signedInWith(page: Page, rights: { readonly scopes: readonly string[] }): Promise<void> {
  await page.route('**/v1/me', async (route) => {
    const answer = await route.fetch()
    const me = (await answer.json()) as object
    await route.fulfill({ response: answer, json: { ...me, ...rights } })
  })
}

/** Calls that are over, as if they were not: one waits, one talks, and of one nothing was heard for too long. */
async function someOnThePhone(route: Route): Promise<void> {
  const answer = await route.fetch({ url: route.request().url().replace('live=true', 'live=false') })
  const { data } = (await answer.json()) as { data: readonly object[] }
  const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString()
  const live = { live: true, status: 'in-progress', endedAt: null, durationSeconds: null, overdueAt: ago(-60) }
  const waits = { id: 'wait', kind: 'queue', label: 'Waiting for us', queue: 'front desk', since: ago(2) }
  const talks = {
    id: 'colleague',
    kind: 'dial',
    label: 'A colleague of the front desk who knows the order',
    queue: null
  }
  const calls = [
    { ...live, id: 'waits', startedAt: ago(3), lastHeardAt: ago(2), step: waits },
    { ...live, id: 'talks', startedAt: ago(75), lastHeardAt: ago(70), step: { ...talks, since: ago(70) } },
    {
      ...live,
      id: 'held',
      startedAt: ago(9),
      lastHeardAt: ago(1),
      step: { ...talks, since: ago(8) },
      transfer: handedOver(ago(1))
    },
    { ...live, id: 'stuck', startedAt: ago(300), lastHeardAt: ago(290), step: null, overdueAt: ago(5) }
  ]
  await route.fulfill({ json: { data: calls.map((call) => ({ ...data[0], ...call })), nextCursor: null } })
}

function handedOver(at: string): object {
  const asked = { transferId: 't', conferenceId: 'held', dialId: 'd', to: COLLEAGUE, why: 'The contract' }
  return { ...asked, completionRequested: false, stage: 'introducing', requestedAt: at, stageAt: at }
}

const COLLEAGUE = '+14155550177'

/** The caller who is handed over, with two of us. */
async function someInConference(route: Route): Promise<void> {
  const at = new Date(Date.now() - 60_000).toISOString()
  const one = { callSid: 'CA', present: true, muted: false, hold: false }
  const conference = {
    id: 'held',
    name: 'Transfer',
    conferenceSid: 'CF',
    transferOf: 'held',
    state: 'open',
    participants: [
      { ...one, callId: 'held', hold: true },
      { ...one, callId: 'ours', muted: true },
      { ...one, callId: 'theirs' }
    ],
    dialIds: [],
    openedAt: at,
    changedAt: at
  }
  await route.fulfill({ json: { data: [conference], nextCursor: null } })
}

/** Calls to a lead that wait, were placed, and were not. */
async function someDials(route: Route): Promise<void> {
  const dial = (id: string, minutes: number, is: object): object => {
    const at = new Date(Date.now() - minutes * 60_000).toISOString()
    return {
      id,
      leadId: 'l',
      number: '+14155550142',
      ours: '+16465550190',
      connect: { kind: 'number', number: COLLEAGUE },
      purpose: 'service',
      why: 'About the offer of last week',
      by: 'user:dana',
      canceled: false,
      callId: null,
      reason: null,
      code: null,
      proof: null,
      requestedAt: at,
      placeBefore: null,
      changedAt: at,
      ...is
    }
  }
  const data = [
    dial('waits', 1, { state: 'waiting' }),
    dial('placed', 90, { state: 'placed', callId: 'c', connect: { kind: 'flow', flowId: 'front-desk' } }),
    dial('refused', 200, { state: 'not-placed', reason: 'refused', code: '21215' }),
    dial('quiet', 900, { state: 'not-placed', reason: 'quiet-hours' })
  ]
  await route.fulfill({ json: { data, nextCursor: null } })
}

/** The lead as it is, with a phone. */
async function reachable(route: Route): Promise<void> {
  const answer = await route.fetch()
  await route.fulfill({ response: answer, json: { ...((await answer.json()) as object), phone: '+14155550142' } })
}

/** A meeting of tomorrow whose room Zoom does not open. */
function refusedRoom(route: Route): Promise<void> {
  const at = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString()
  const failure = {
    doing: 'open',
    reason: 'grant-refused',
    detail: 'Zoom does not let Leadlog act for the host any more: connect them again, or set a link by hand',
    retryAt: null,
    failedAt: at(-1)
  }
  const none = {
    joinUrl: null,
    platformMeetingId: null,
    hostEmail: 'dana.whitfield@leadlog.example',
    closedBecause: null
  }
  return changedMeeting(route, {
    status: 'booked',
    startsAt: at(24),
    endsAt: at(24.5),
    joinUrl: null,
    bookedHere: true,
    room: { ...none, state: 'failed', changedAt: at(-1), failure }
  })
}

/** A meeting that took place in Zoom: who was there, and a video of it. */
function attendedMeeting(route: Route): Promise<void> {
  const at = (minute: number): string => new Date(Date.UTC(2026, 10, 18, 16, 30 + minute)).toISOString()
  const person = { email: null, leftAt: at(28) }
  const recording = { unavailableBecause: null, deletedBecause: null, deletedAt: null, endedAt: at(29) }
  return changedMeeting(route, {
    attendance: { verdict: 'attended', because: 'participant', decidedAt: at(30), startedAt: at(0), endedAt: at(29) },
    instances: [
      {
        uuid: 'one',
        startedAt: at(0),
        endedAt: at(29),
        participants: [
          { ...person, name: 'Dana Whitfield', side: 'ours', joinedAt: at(0) },
          { ...person, name: 'William Zhang', side: 'outside', joinedAt: at(2) },
          { ...person, name: null, side: 'notetaker', joinedAt: at(2) }
        ]
      }
    ],
    recordings: [
      {
        ...recording,
        id: 'video',
        kind: 'video',
        state: 'stored',
        mediaUrl: '/v1/meetings/one/recordings/video/media',
        contentType: 'video/mp4',
        sizeBytes: 48_000_000,
        startedAt: at(0),
        storedAt: at(40)
      }
    ]
  })
}

function whatWasSaid(route: Route): Promise<void> {
  const at = (second: number): number => Date.UTC(2026, 10, 18, 16, 30, second)
  const said = (second: number, speaker: string, words: string) => ({
    startMs: at(second),
    endMs: at(second + 5),
    speaker,
    words
  })
  return route.fulfill({
    json: {
      data: [
        said(2, 'Dana Whitfield', 'Thank you for your time. What made you look for something now?'),
        said(9, 'William Zhang', 'Our reports take two days, and by then the leads are cold.'),
        said(17, 'Dana Whitfield', 'And who decides about it?')
      ]
    }
  })
}

async function changedMeeting(route: Route, change: object): Promise<void> {
  const answer = await route.fetch()
  await route.fulfill({ response: answer, json: { ...((await answer.json()) as object), ...change } })
}

/** A host whose permission Zoom does not know any more. */
function lostPermission(route: Route): Promise<void> {
  const at = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString()
  const host = {
    id: 'dana',
    email: 'dana.whitfield@leadlog.example',
    state: 'lost',
    because: 'refused-by-zoom',
    connectedAt: at(40),
    endedAt: at(1),
    scopes: ['meeting:write:meeting', 'user:read:user']
  }
  return route.fulfill({ json: { data: [host] } })
}

function problem(route: Route, status: number, code: string, detail: string, headers: Record<string, string> = {}) {
  return route.fulfill({ status, headers, contentType: 'application/problem+json', json: { status, code, detail } })
}
