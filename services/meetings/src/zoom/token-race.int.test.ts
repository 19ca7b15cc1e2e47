import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createSimulators, readConfig } from '@leadlog/simulators'
import { testDatabase } from '@leadlog/testing'
import { createZoomOauth } from '@leadlog/zoom'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import t from 'tap'
import { createZoomGrants } from './zoom-grants.ts'
import { zoomGrantsMigration } from './zoom-grants-migration.ts'

const DANA = 'dana.whitfield@leadlog.example'
const PROCESSES = 4
const AT_ONCE = 3
const ROUNDS = 3

void t.test('four processes of their own race one refresh: one refresh, all continue', async (t) => {
  const { secrets } = readConfig({})
  const [{ url: databaseUrl }, { app, state }] = await Promise.all([testDatabase(t), createSimulators()])
  const url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/zoom`
  t.teardown(() => app.close())
  const pool = new pg.Pool({ connectionString: databaseUrl })
  pool.on('error', () => undefined)
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  t.teardown(() => db.destroy())
  await sql`create schema meetings`.execute(db)
  await zoomGrantsMigration('meetings').up(db)
  const { zoomClientId: clientId, zoomClientSecret: clientSecret } = secrets
  const oauth = createZoomOauth({ baseUrl: url, clientId, clientSecret, privateHosts: ['127.0.0.1'] })
  t.teardown(() => oauth.close())
  const clear = { seal: (text: string) => Promise.resolve(text), open: (text: string) => Promise.resolve(text) }
  const grants = createZoomGrants({ db, schema: 'meetings', owner: 'test', seal: clear, now: () => Date.now() })
  const code = state.zoomGrants.newCode(state.zoom.user(DANA)?.id ?? '', 'https://x.example/', null)
  await grants.connect(
    DANA,
    'zoom-user',
    await oauth.exchangeCode({ code, verifier: '', redirectUri: 'https://x.example/' })
  )

  const file = join(import.meta.dirname, '../fixtures/token-process.ts')
  const children: ChildProcess[] = Array.from({ length: PROCESSES }, () =>
    fork(file, [databaseUrl, url, clientId, clientSecret, DANA])
  )
  t.teardown(() => children.forEach((child) => child.kill('SIGKILL')))
  await Promise.all(children.map((child) => once(child, 'message')))

  const before = new Set<string>()
  for (let round = 1; round <= ROUNDS; round++) {
    await sql`update meetings.zoom_grants set access_until = now() - interval '1 second'`.execute(db)
    const answers = children.map((child) => once(child, 'message') as Promise<[{ values?: string[]; failed?: string }]>)
    for (const child of children) child.send({ ask: AT_ONCE })
    const told = (await Promise.all(answers)).map(([answer]) => answer)
    t.strictSame(
      told.flatMap(({ failed }) => failed ?? []),
      []
    )
    const values = told.flatMap(({ values: got }) => got ?? [])
    t.equal(values.length, PROCESSES * AT_ONCE, 'all continue')
    t.equal(new Set(values).size, 1, 'with one token')
    t.notOk(before.has(values[0] ?? ''), 'a new one')
    before.add(values[0] ?? '')
    t.match(state.zoomGrants.list(), [{ refreshes: round, revoked: false }], 'one refresh')
    t.ok(state.zoomGrants.grantOf(values[0] ?? ''), 'that is good at Zoom')
  }
})
