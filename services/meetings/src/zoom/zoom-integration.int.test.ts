import { ConnectZoom, testIntegrations } from '@leadlog/contracts'
import { eventually } from '@leadlog/testing'
import t from 'tap'
import { DANA, openOffice, type Office } from '../fixtures/office.ts'

const ACCOUNT = 'the account lets Leadlog act for its users'

/** Once the tables of the service are there. */
function tested(office: Office) {
  return eventually(async () => {
    const answer = await office.command(testIntegrations('meetings'), { vendor: 'zoom' })
    const [zoom] = answer.integrations as readonly { test: { code?: string } }[]
    return zoom?.test.code === 'MEETINGS_ZOOM_TABLES_PENDING' ? null : zoom
  })
}

void t.test('the app of the account is tested by its token, and a host who connected by their own user', async (t) => {
  const office = await openOffice(t)
  t.match(await tested(office), {
    inUse: true,
    because: /all others with ZOOM_ACCOUNT_ID/,
    circuit: 'closed',
    test: { ok: true, words: ACCOUNT }
  })
  const { url } = (await office.command(ConnectZoom, { email: DANA })) as { url: string }
  const asked = await fetch(`${url}&login_hint=${encodeURIComponent(DANA)}`, { redirect: 'manual' })
  const back = new URL(asked.headers.get('location') ?? '')
  await fetch(`${office.url()}/zoom/callback${back.search}`, { redirect: 'manual' })
  t.match(await tested(office), { test: { ok: true, words: new RegExp(`^${ACCOUNT}; Zoom knows Dana.*${DANA}$`) } })
  office.state.zoomGrants.revokeUser(office.state.zoom.user(DANA)?.id ?? '')
  t.match(await tested(office), { test: { ok: false, code: 'MEETINGS_ZOOM_GRANT_REFUSED' } })
})

void t.test('the app of the account alone, where hosts cannot connect', async (t) => {
  const office = await openOffice(t, { environment: { MEETINGS_URL: '', PUBLIC_URL: '' } })
  t.match(await tested(office), {
    inUse: true,
    because: /^ZOOM_ACCOUNT_ID: /,
    test: { ok: true, words: ACCOUNT }
  })
  const calls = office.state.journal.list({ vendor: 'zoom' }).map(({ path }) => path)
  t.equal(calls.length, 1, `a token, and no user: ${calls.join(' ')}`)
})

void t.test('credentials that Zoom does not know are told', async (t) => {
  const office = await openOffice(t, { environment: { ZOOM_ACCOUNT_ID: 'somebody-elses' } })
  t.match(await tested(office), { inUse: true, test: { ok: false, code: /^ZOOM_/ } })
})
