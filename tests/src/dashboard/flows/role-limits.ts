import { calendlyDelivery, generateLoad, sendDeliveries } from '@leadlog/simulators'
import { eventually } from '@leadlog/testing'
import type { Page } from 'playwright-core'
import type { TestSystem } from '../../system/test-system.ts'
import type { Checks, Flow } from '../flow.ts'
import { askForLink, followLinkInMailbox } from '../mailed-link.ts'
import { accessibilityProblems } from '../no-violations.ts'
import { PEOPLE } from '../people.ts'
import { openScreen, signInWithKey } from '../screens.ts'

const NAME = 'Lena Okafor'
const EMAIL = 'lena.okafor@leadlog.example'
/** What only managers and admins may open, and what only admins may. */
const FORBIDDEN = [
  '/numbers',
  '/flows',
  '/inbox',
  '/dead-letters',
  '/events',
  '/ledger',
  '/health',
  '/settings/people',
  '/settings/api-keys'
]

/** An admin invites somebody, who sees their own leads and nothing else, whatever they type into the address. */
export const roleLimits: Flow = async (t, scene) => {
  const { page, system, url, open, signInAs, checkAccessibility, expectErrors } = scene
  // What is forbidden answers 403, what is another’s 404, who was disabled 401, and who is known already 409.
  expectErrors(/status of 40[1349]/)
  const lead = await bookedWith(system, EMAIL)
  await signInAs(PEOPLE.admin)
  await open('/settings/people')
  await invites(page)
  await checkAccessibility('people')
  await open('/settings/api-keys')
  await issuesAndRevokes(t, page, url)
  await checkAccessibility('API keys')
  await open(`/settings/security-log?type=access.UserInvited.v1`)
  await page.getByRole('link', { name: `${NAME} was invited as user` }).waitFor()
  await checkAccessibility('the security log')

  const browser = page.context().browser()
  if (browser === null) throw new Error('the page has no browser')
  const own = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' })
  try {
    const theirs = await own.newPage()
    await theirs.goto(url)
    await askForLink(theirs, system, EMAIL)
    const tab = await followLinkInMailbox(own, system)
    await tab.getByRole('heading', { name: 'Your leads' }).waitFor()
    await tab.close()
    await theirs.getByRole('heading', { name: 'Your leads' }).waitFor()
    await seesOnlyOwn(t, theirs, { system, url, lead })
    await isToldWhatIsForbidden(t, theirs, url)
    await findsNothingByAddress(t, theirs, { system, url })

    await open('/settings/people')
    const row = page.getByRole('listitem').filter({ hasText: NAME })
    await row.getByRole('button', { name: 'Disable' }).click()
    await row.getByRole('group', { name: /Disable Lena/ }).waitFor()
    await row.getByRole('button', { name: 'Disable' }).click()
    await row.getByText('Disabled', { exact: true }).waitFor()
    await theirs.goto(`${url}/leads`)
    await theirs.getByRole('heading', { name: 'Sign in' }).waitFor()
  } finally {
    await own.close()
  }
}

/** A booking whose host is the person, and the lead that it makes. */
async function bookedWith(system: TestSystem, host: string): Promise<string> {
  const [made] = generateLoad({
    customers: 1,
    seed: 'role-limits',
    heldShare: 0,
    movedShare: 0,
    secrets: system.secrets
  })
  if (made === undefined) throw new Error('one booking was asked for')
  const payload = JSON.parse(made.body.replaceAll(PEOPLE.admin, host)) as Parameters<typeof calendlyDelivery>[1]
  await sendDeliveries([calendlyDelivery('for the new colleague', payload, system.secrets)], {
    ingest: system.ingestUrl
  })
  let lead = ''
  await eventually(async () => {
    const { data } = (await system.read('/v1/meetings?limit=200')) as {
      data: { leadId: string; host: { email: string | null } }[]
    }
    lead = data.find((meeting) => meeting.host.email === host)?.leadId ?? ''
    return lead !== '' && (await system.read(`/v1/leads/${lead}`).catch(() => null)) !== null
  })
  return lead
}

async function invites(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Invite' }).click()
  const dialog = page.getByRole('dialog', { name: 'Invite somebody' })
  await dialog.getByLabel('E-mail address').fill(PEOPLE.user)
  await dialog.getByRole('button', { name: 'Invite' }).click()
  await dialog.getByRole('alert').filter({ hasText: /./ }).waitFor()
  await dialog.getByLabel('E-mail address').fill(EMAIL)
  await dialog.getByLabel('Name, if you like').fill(NAME)
  await dialog.getByRole('button', { name: 'Invite' }).click()
  await page.getByRole('listitem').filter({ hasText: NAME }).getByText('not signed in yet').waitFor()
}

async function issuesAndRevokes(t: Checks, page: Page, url: string): Promise<void> {
  await page.getByRole('button', { name: 'New key' }).click()
  const dialog = page.getByRole('dialog', { name: 'New API key' })
  await dialog.getByLabel('Which program is it for?').fill('Nightly export')
  await dialog.getByRole('button', { name: 'Issue the key' }).click()
  const key = (await page.getByLabel('API key', { exact: true }).textContent()) ?? ''
  t.match(key, /^ll_/)
  const me = async () => fetch(`${url}/v1/me`, { headers: { authorization: `Bearer ${key}` } })
  t.equal((await me()).status, 200)
  await page.getByRole('button', { name: 'I have kept it' }).click()
  await seesButChangesNothing(t, page, url, key)
  const row = page.getByRole('listitem').filter({ hasText: 'Nightly export' })
  await row.getByRole('button', { name: 'Revoke' }).click()
  await row.getByRole('button', { name: 'Revoke it' }).click()
  await row.getByText('Revoked', { exact: true }).waitFor()
  t.equal((await me()).status, 401, 'it opens nothing any more')
}

/** A key that may only read is offered nothing that the gateway would refuse. */
async function seesButChangesNothing(t: Checks, page: Page, url: string, key: string): Promise<void> {
  const context = await page.context().browser()?.newContext({ locale: 'en-GB', reducedMotion: 'reduce' })
  if (context === undefined) throw new Error('the page has no browser')
  try {
    await signInWithKey(context, key)
    const theirs = await context.newPage()
    await theirs.goto(`${url}/what-ifs/new`)
    await theirs.getByText('you may only read').waitFor()
    for (const [address, action] of [
      ['/what-ifs', 'New what-if'],
      ['/rebuilds', 'Choose all'],
      ['/invoices', 'New invoice'],
      ['/catalogue', 'New service']
    ] as const) {
      await openScreen(theirs, `${url}${address}`)
      t.equal(await theirs.getByText(action).count(), 0, `${address}: ${action}`)
    }
    await openScreen(theirs, `${url}/dead-letters`)
    await theirs.getByRole('link', { name: 'Payload invalid' }).click()
    await theirs.getByRole('listitem').getByText('Needs a decision', { exact: true }).first().waitFor()
    t.equal(
      await theirs.getByRole('button', { name: /^(Try .*|Discard)$/ }).count(),
      0,
      'dead letters are seen, and stay'
    )
  } finally {
    await context.close()
  }
}

async function seesOnlyOwn(t: Checks, page: Page, given: { system: TestSystem; url: string; lead: string }) {
  const { system, url, lead } = given
  const { name } = (await system.read(`/v1/leads/${lead}`)) as { name: string }
  await page.getByRole('link', { name }).first().waitFor()
  await page.getByText('1 lead', { exact: true }).waitFor()
  await page.getByText('Connected').filter({ visible: true }).waitFor()
  t.same(
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link').allTextContents(),
    [
      'Leads',
      'Calendar',
      'Meetings',
      'Live calls',
      'Calls',
      'Messages',
      'Suppressions',
      'Invoices',
      'Payments',
      'Catalogue',
      'Spend',
      'Settings'
    ],
    'what they may use, and nothing else'
  )
  t.same(await accessibilityProblems(page), [], 'their leads')
  await page.getByRole('link', { name }).first().click()
  await page.getByRole('heading', { name }).waitFor()
  t.equal(await page.getByRole('link', { name: 'What was received about them' }).count(), 0)
  await page.getByRole('tab', { name: 'Timeline' }).click()
  await page.getByText('Booked', { exact: false }).first().waitFor()
  t.equal(await page.locator('a[href^="/events"], a[href^="/trace"], a[href^="/inbox"]').count(), 0)
  await page.goto(`${url}/meetings`)
  await page.getByRole('heading', { name: 'Your meetings' }).waitFor()
  await page.getByText('1 meeting', { exact: true }).waitFor()
}

async function isToldWhatIsForbidden(t: Checks, page: Page, url: string): Promise<void> {
  for (const address of FORBIDDEN) {
    await page.goto(`${url}${address}`)
    await page.getByText('This screen is not for you').waitFor()
  }
  t.same(await accessibilityProblems(page), [], 'a forbidden screen')
  await page.getByRole('link', { name: 'Go to your leads' }).click()
  await page.getByRole('heading', { name: 'Your leads' }).waitFor()
}

/** Ids of other people's rows, in addresses of screens and of the API. */
async function findsNothingByAddress(t: Checks, page: Page, { system, url }: { system: TestSystem; url: string }) {
  const others = (await system.read('/v1/meetings?limit=200')) as {
    data: { id: string; leadId: string; host: { email: string | null } }[]
  }
  const other = others.data.find(({ host, leadId }) => host.email === PEOPLE.admin && leadId !== '')
  if (other === undefined) throw new Error('the sample day has meetings of the admin')
  const { name, email } = (await system.read(`/v1/leads/${other.leadId}`)) as { name: string | null; email: string }
  for (const address of [`/leads/${other.leadId}`, `/meetings/${other.id}`]) {
    await page.goto(`${url}${address}`)
    await page.getByText('There is no').waitFor()
    const text = await page.locator('main').textContent()
    t.notMatch(text, email, address)
    t.notMatch(text, name ?? email, address)
  }
  for (const path of [
    `/v1/leads/${other.leadId}`,
    `/v1/leads/${other.leadId}/timeline`,
    `/v1/leads/${other.leadId}/changes`,
    `/v1/meetings/${other.id}`
  ]) {
    t.equal((await page.request.get(`${url}${path}`)).status(), 404, path)
  }
  for (const path of [
    '/v1/users',
    '/v1/api-keys',
    '/v1/security-log',
    '/v1/events',
    '/v1/received-events',
    '/v1/flows',
    '/v1/phone-numbers'
  ])
    t.equal((await page.request.get(`${url}${path}`)).status(), 403, path)
}
