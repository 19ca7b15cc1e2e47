import type { BrowserContext, Page } from 'playwright-core'

/** Every screen by its name and address; `{lead}` and the like stand for ids that the system must give. */
export const SCREENS: readonly { readonly name: string; readonly address: string }[] = [
  { name: 'overview', address: '/' },
  { name: 'inbox', address: '/inbox' },
  { name: 'inbox-detail', address: '/inbox/{received}' },
  { name: 'leads', address: '/leads' },
  { name: 'lead', address: '/leads/{lead}' },
  { name: 'meetings', address: '/meetings' },
  { name: 'meeting', address: '/meetings/{meeting}' },
  { name: 'calendar', address: '/calendar?view=week&date=2026-11-18' },
  { name: 'calendar-month', address: '/calendar?view=month&date=2026-11-18' },
  { name: 'calendar-meeting', address: '/calendar/{meeting}?view=day&date=2026-11-18' },
  { name: 'live-calls', address: '/live-calls' },
  { name: 'calls', address: '/calls' },
  { name: 'call', address: '/calls/{call}' },
  { name: 'numbers', address: '/numbers' },
  { name: 'payments', address: '/payments' },
  { name: 'payments-parked', address: '/payments?state=parked' },
  { name: 'payment', address: '/payments/{payment}' },
  { name: 'lead-timeline', address: '/leads/{lead}?tab=timeline' },
  { name: 'dead-letters', address: '/dead-letters' },
  { name: 'dead-letter-group', address: '/dead-letters/{group}' },
  { name: 'events', address: '/events' },
  { name: 'event', address: '/events/{received}' },
  { name: 'lead-compare', address: '/leads/{lead}?tab=compare' },
  { name: 'flows', address: '/flows' },
  { name: 'messages', address: '/messages' },
  { name: 'suppressions', address: '/suppressions' },
  { name: 'invoices', address: '/invoices' },
  { name: 'invoice', address: '/invoices/{invoice}' },
  { name: 'invoice-lines', address: '/invoices/{invoice}?tab=lines' },
  { name: 'invoice-history', address: '/invoices/{invoice}?tab=history' },
  { name: 'draft', address: '/invoices/{draft}/edit' },
  { name: 'catalogue', address: '/catalogue' },
  { name: 'catalogue-item', address: '/catalogue/{item}' },
  { name: 'spend', address: '/spend' },
  { name: 'spend-entries', address: '/spend/entries' },
  { name: 'rebuilds', address: '/rebuilds' },
  { name: 'what-ifs', address: '/what-ifs' },
  { name: 'new-what-if', address: '/what-ifs/new' },
  { name: 'ledger', address: '/ledger' },
  { name: 'health', address: '/health' },
  { name: 'people', address: '/settings/people' },
  { name: 'api-keys', address: '/settings/api-keys' },
  { name: 'security-log', address: '/settings/security-log' },
  { name: 'integrations', address: '/settings/integrations' },
  { name: 'flags', address: '/settings/flags' },
  { name: 'field-mapping', address: '/settings/field-mapping' }
]

/** Ids to look at, from a system in which something happened; what it has none of is left out. */
export async function exampleIds(read: (path: string) => Promise<unknown>): Promise<Record<string, string>> {
  const ids: Record<string, string> = {}
  const find = async (name: string, path: string, column = 'id'): Promise<void> => {
    const { data } = (await read(path)) as { data: Record<string, unknown>[] }
    const id = data[0]?.[column]
    if (typeof id === 'string') ids[name] = id
  }
  await find('lead', '/v1/leads?status=demo-complete')
  if (ids['lead'] !== undefined) {
    await find('received', `/v1/received-events?status=processed&leadId=${ids['lead']}`)
    await find('meeting', `/v1/meetings?leadId=${ids['lead']}`)
  }
  await find('call', '/v1/calls')
  await find('payment', '/v1/payments')
  await find('group', '/v1/dead-letters/groups', 'fingerprint')
  await find('invoice', '/v1/invoices?sort=-changedAt&currency=USD&state=sent')
  await find('draft', '/v1/invoices?state=draft')
  await find('item', '/v1/catalogue-items?currency=USD')
  return ids
}

const ID = /\{(\w+)\}/g

/** The ids that the address asks for and the system does not have. */
export function lackingIds(address: string, ids: Readonly<Record<string, string>>): string[] {
  return [...address.matchAll(ID)].map(([, name = '']) => name).filter((name) => ids[name] === undefined)
}

/** The address with its ids put in. */
export function filledIn(address: string, ids: Readonly<Record<string, string>>): string {
  return address.replace(ID, (_all, name: string) => {
    const id = ids[name]
    if (id === undefined) throw new Error(`${address}: the system has no ${name} to look at`)
    return id
  })
}

/** Every page of the context is signed in with this key. */
export async function signInWithKey(context: BrowserContext, key: string): Promise<void> {
  await context.addInitScript(`if (origin !== 'null') sessionStorage.setItem('leadlog.apiKey', ${JSON.stringify(key)})`)
}

/** Opens an address; done when no line stands for something that is still to come. */
export async function openScreen(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.getByRole('heading').first().waitFor()
  await page.locator('[role=status][aria-label=Loading]').first().waitFor({ state: 'detached' })
}
