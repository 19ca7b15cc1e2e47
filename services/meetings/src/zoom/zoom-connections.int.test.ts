import { randomBytes } from 'node:crypto'
import {
  commandId,
  ConnectZoom,
  DisconnectZoom,
  testIntegrations,
  ZoomConnected,
  ZoomDisconnected,
  type CommandData,
  type CommandDefinition
} from '@leadlog/contracts'
import { openEventLog } from '@leadlog/event-log'
import { OutcomeUnknownError } from '@leadlog/outbound'
import { createLogger, startService } from '@leadlog/service'
import { createSimulators, readConfig } from '@leadlog/simulators'
import { isolatedNats, testDatabase, type TestContext } from '@leadlog/testing'
import { createZoomOauth, type ZoomOauth } from '@leadlog/zoom'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import t from 'tap'
import { meetings } from '../service.ts'
import { hostToken } from './host-token.ts'
import { zoomHostRef } from './zoom-host.ts'
import { createZoomGrants } from './zoom-grants.ts'
import { zoomGrantsMigration } from './zoom-grants-migration.ts'

const DANA = 'dana.whitfield@leadlog.example'
const THEO = 'theo.brandt@leadlog.example'
const { secrets } = readConfig({})
const logger = createLogger({ service: 'meetings', level: 'silent' })
const clear = { seal: (text: string) => Promise.resolve(text), open: (text: string) => Promise.resolve(text) }

async function simulated(t: TestContext) {
  const { app, state } = await createSimulators()
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  t.teardown(() => app.close())
  const oauth = createZoomOauth({
    baseUrl: `${url}/zoom`,
    clientId: secrets.zoomClientId,
    clientSecret: secrets.zoomClientSecret,
    privateHosts: ['127.0.0.1']
  })
  t.teardown(() => oauth.close())
  return { state, url, oauth }
}

/** A grant in a database, and processes with connections of their own that use it. */
async function granted(t: TestContext) {
  const [{ url: databaseUrl }, { state, url, oauth }] = await Promise.all([testDatabase(t), simulated(t)])
  const open = (): Kysely<unknown> => {
    const pool = new pg.Pool({ connectionString: databaseUrl })
    pool.on('error', () => undefined)
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
    t.teardown(() => db.destroy())
    return db
  }
  const db = open()
  await sql`create schema meetings`.execute(db)
  await zoomGrantsMigration('meetings').up(db)
  const now = () => state.clock.now().getTime()
  const lost: string[] = []
  let processes = 0
  const processWith = (using: Pick<ZoomOauth, 'refresh'> = oauth) => {
    const owner = `p${String(processes++)}`
    const grants = createZoomGrants({ db: open(), schema: 'meetings', owner, seal: clear, now })
    const onRefused = (email: string) => Promise.resolve(void lost.push(email))
    const token = hostToken(DANA, { grants, oauth: using, onRefused, logger, now })
    const ask = () =>
      token.use(
        async ({ value }) => {
          const answer = await fetch(`${url}/zoom/v2/users/me`, { headers: { authorization: `Bearer ${value}` } })
          if (answer.status === 401) throw new Error('refused')
          return value
        },
        (error) => error instanceof Error && error.message === 'refused'
      )
    return { grants, ask }
  }
  const code = state.zoomGrants.newCode(state.zoom.user(DANA)?.id ?? '', 'https://x.example/', null)
  const tokens = await oauth.exchangeCode({ code, verifier: '', redirectUri: 'https://x.example/' })
  await processWith().grants.connect(DANA, 'zoom-user', tokens)
  const refreshes = () => state.zoomGrants.list().map(({ refreshes: count }) => count)
  return { db, state, oauth, process: processWith, refreshes, lost, tokens }
}

/** As when the process that claimed had died a minute and a half ago. */
const claimEnds = (db: Kysely<unknown>) =>
  sql`update meetings.zoom_grants set refreshing_since = refreshing_since - interval '91 seconds'`.execute(db)

void t.test('four processes race one refresh: one refresh, all continue', async (t) => {
  const { state, process, refreshes } = await granted(t)
  const processes = [process(), process(), process(), process()]
  for (let round = 1; round <= 3; round++) {
    state.clock.advance(3_600_001)
    const values = await Promise.all(processes.flatMap(({ ask }) => [ask(), ask()]))
    t.equal(new Set(values).size, 1)
    t.strictSame(refreshes(), [round])
  }
})

void t.test('a token that Zoom refuses before its end is replaced, once for all', async (t) => {
  const { db, process, refreshes } = await granted(t)
  const processes = [process(), process()]
  await sql`update meetings.zoom_grants set access_token = 'not-good'`.execute(db)
  const values = await Promise.all(processes.map(({ ask }) => ask()))
  t.equal(new Set(values).size, 1)
  t.strictSame(refreshes(), [1])
})

void t.test('who dies before Zoom is asked loses nothing; meanwhile what is at hand is used', async (t) => {
  const { db, state, process, refreshes, tokens, lost } = await granted(t)
  state.clock.advance(3_000_000)
  let asked: () => void = () => undefined
  const claimed = new Promise<void>((resolve) => (asked = resolve))
  const dying = process({
    refresh: () => {
      asked()
      return new Promise<never>(() => undefined)
    }
  })
  void dying.ask().catch(() => undefined)
  await claimed
  const other = process()
  t.equal(await other.ask(), tokens.value, 'good for ten minutes more')
  t.strictSame(refreshes(), [0])
  await claimEnds(db)
  t.not(await other.ask(), tokens.value)
  t.strictSame(refreshes(), [1])
  t.strictSame(lost, [])
})

void t.test('the database is away when Zoom has answered: the answer is kept as soon as it is back', async (t) => {
  const { db, state, process, oauth, refreshes, lost } = await granted(t)
  state.clock.advance(3_600_001)
  const first = process({
    refresh: async (token) => {
      const answer = await oauth.refresh(token)
      await sql`alter table meetings.zoom_grants rename to away`.execute(db)
      setTimeout(() => void sql`alter table meetings.away rename to zoom_grants`.execute(db), 400)
      return answer
    }
  })
  const value = await first.ask()
  t.equal(await process().ask(), value)
  t.strictSame(refreshes(), [1])
  t.strictSame(lost, [])
})

void t.test(
  'an answer that is lost on its way is not asked for twice at once, and ends in a clear state',
  async (t) => {
    const { db, state, process, oauth, lost } = await granted(t)
    state.clock.advance(3_600_001)
    const unlucky = process({
      refresh: async (token) => {
        await oauth.refresh(token)
        throw new OutcomeUnknownError('lost', { reason: 'connection-lost' })
      }
    })
    await t.rejects(unlucky.ask(), OutcomeUnknownError)
    const other = process()
    const grant = await other.grants.find(DANA)
    t.equal(grant !== null && (await other.grants.claim(grant)), false)
    await claimEnds(db)
    await t.rejects(other.ask(), { code: 'MEETINGS_ZOOM_GRANT_REFUSED' })
    await t.rejects(process().ask(), { code: 'MEETINGS_ZOOM_GRANT_REFUSED' })
    t.strictSame(lost, [DANA], 'told once')
  }
)

void t.test('a host connects, is lost, connects again, and disconnects; nobody else can agree for them', async (t) => {
  const [nats, database, { state, url }] = await Promise.all([isolatedNats(t), testDatabase(t), simulated(t)])
  const environment = {
    NATS_URL: nats.url,
    DATABASE_URL: database.url,
    LEADLOG_MASTER_KEY: randomBytes(32).toString('base64'),
    MEETINGS_PORT: '0',
    MEETINGS_URL: 'https://meetings.example.com',
    GATEWAY_URL: 'https://dashboard.example.com/',
    OUTBOUND_PRIVATE_HOSTS: '127.0.0.1',
    ZOOM_OAUTH_URL: `${url}/zoom`,
    ZOOM_API_URL: `${url}/zoom`,
    ZOOM_CLIENT_ID: secrets.zoomClientId,
    ZOOM_CLIENT_SECRET: secrets.zoomClientSecret
  }
  const service = await startService(meetings, { logger, environment })
  t.teardown(() => service.stop())
  const log = await openEventLog({ servers: nats.url, name: 'test', logger })
  t.teardown(() => log.close())
  let commands = 0
  const command = async <C extends CommandDefinition>(definition: C, data: CommandData<C>) => {
    const id = commandId('user:test', definition, String((commands += 1)))
    await log.sendCommand({ command: definition, id, data, actor: 'user:test' })
    const outcome = await log.awaitOutcome(id, 20_000)
    if (outcome === null) throw new TypeError('not done in time')
    return outcome.outcome === 'done' ? outcome.result : { code: outcome.code, message: outcome.message }
  }
  /** As the browser does: to Zoom, which agrees as the user, and back. */
  const agree = async (address: string, as: string) => {
    const asked = await fetch(`${address}&login_hint=${encodeURIComponent(as)}`, { redirect: 'manual' })
    const back = new URL(asked.headers.get('location') ?? '')
    t.equal(`${back.origin}${back.pathname}`, 'https://meetings.example.com/zoom/callback')
    const come = () => fetch(`${service.url}/zoom/callback${back.search}`, { redirect: 'manual' })
    return { answer: await come(), again: come }
  }
  const outcomeOf = (answer: Response): string | null => {
    t.equal(answer.status, 303)
    return new URL(answer.headers.get('location') ?? '').searchParams.get('zoom')
  }
  const begin = async (email: string) => {
    const { url: address } = (await command(ConnectZoom, { email })) as { url?: string }
    if (address === undefined) throw new TypeError(JSON.stringify(await command(ConnectZoom, { email })))
    return address
  }
  const history = async () => (await log.load(zoomHostRef(DANA))).events.map(({ type, data }) => ({ type, data }))

  const theirs = await agree(await begin(DANA), THEO)
  t.equal(outcomeOf(theirs.answer), 'MEETINGS_ZOOM_USER_DIFFERS', 'somebody else agreed')
  t.strictSame(await history(), [])
  t.match(state.zoomGrants.list(), [{ revoked: true }], 'and that is taken back')

  const { answer, again } = await agree(await begin('Dana.Whitfield@Leadlog.Example'), DANA)
  t.equal(answer.status, 303)
  t.equal(answer.headers.get('location'), 'https://dashboard.example.com/settings/integrations?zoom=connected')
  t.equal(outcomeOf(await again()), 'MEETINGS_ZOOM_STATE_INVALID', 'a state is good once')
  const come = (query: string) => fetch(`${service.url}/zoom/callback?${query}`, { redirect: 'manual' })
  t.equal(outcomeOf(await come('state=forged&code=x')), 'MEETINGS_ZOOM_STATE_INVALID')
  t.equal(outcomeOf(await come('error=access_denied')), 'MEETINGS_ZOOM_NOT_AGREED')
  t.match(await history(), [{ type: ZoomConnected.type, data: { email: DANA, scope: /meeting:write/ } }])
  const stored = await openSql(t, database.url, 'select * from meetings.zoom_grants')
  t.notMatch(JSON.stringify(stored), /"(at|rt)\./, 'tokens lie sealed')

  const test = testIntegrations('meetings')
  t.match(await command(test, { vendor: 'zoom' }), {
    integrations: [{ inUse: true, test: { ok: true, words: /Dana/ } }]
  })
  state.zoomGrants.revokeUser(state.zoom.user(DANA)?.id ?? '')
  const lost = { ok: false, code: 'MEETINGS_ZOOM_GRANT_REFUSED', words: /connect them again/ }
  t.match(await command(test, { vendor: 'zoom' }), { integrations: [{ test: lost }] })
  t.match(await command(test, { vendor: 'zoom' }), { integrations: [{ test: lost }] })
  const refused = { type: ZoomDisconnected.type, data: { because: 'refused-by-zoom' } }
  t.match(await history(), [{ type: ZoomConnected.type }, refused])
  t.equal((await history()).length, 2, 'told once')

  await agree(await begin(DANA), DANA)
  t.match(await command(test, { vendor: 'zoom' }), { integrations: [{ test: { ok: true } }] })
  state.clock.advance(7_200_000)
  t.strictSame(await command(DisconnectZoom, { email: DANA }), { email: DANA, wasConnected: true })
  t.strictSame(await command(DisconnectZoom, { email: DANA }), { email: DANA, wasConnected: false })
  t.ok(
    state.zoomGrants.list().every(({ revoked }) => revoked),
    'taken back at Zoom as well'
  )
  t.match((await history()).slice(2), [{ type: ZoomConnected.type }, { data: { because: 'asked-here' } }])
})

async function openSql(t: TestContext, url: string, query: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  t.teardown(() => client.end())
  return (await client.query(query)).rows
}
