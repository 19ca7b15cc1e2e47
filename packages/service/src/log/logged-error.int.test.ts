import { TransientError } from '@leadlog/contracts'
import { testDatabase } from '@leadlog/testing'
import t from 'tap'
import { createLogger } from '../logger.ts'
import { openPostgres } from '../postgres/postgres.ts'

/** Found wherever it is written. */
const PERSON = 'Zephyrine.Quackenbusch@xylotastic.example'

void t.test('what Postgres quotes of a row is in no log line', async (t) => {
  const lines: string[] = []
  const logger = createLogger({ service: 'test', level: 'trace', destination: { write: (line) => lines.push(line) } })
  const { url } = await testDatabase(t)
  const postgres = openPostgres({ url, applicationName: 'test', logger })
  t.teardown(() => postgres.close())
  const { pool } = postgres
  await pool.query(`create table people (email text primary key check (email <> 'x'), age int not null)`)
  await pool.query('insert into people values ($1, 1)', [PERSON])
  // The server then names the parameters of a statement that fails.
  await pool.query(`alter database ${new URL(url).pathname.slice(1)} set log_parameter_max_length_on_error = -1`)
  await pool.query('set log_parameter_max_length_on_error = -1')

  const failures: readonly [code: string, statement: string, values: unknown[]][] = [
    ['23505', 'insert into people values ($1, 1)', [PERSON]],
    ['23502', 'insert into people values ($1, null)', [`${PERSON}2`]],
    ['22P02', 'insert into people values ($1, $2::text::int)', ['a', PERSON]],
    ['22007', 'select $1::text::timestamptz', [PERSON]],
    ['22P02', `select ('{"' || $1::text)::json`, [PERSON]]
  ]
  for (const [code, statement, values] of failures) {
    const error: unknown = await pool.query(statement, values).catch((thrown: unknown) => thrown)
    if (!(error instanceof Error)) throw new Error(`${statement} did not fail`)
    t.match(error, { code })
    t.match(JSON.stringify([error.message, { ...error }]), PERSON, 'it does quote the person')
    lines.length = 0
    logger.error({ err: error }, 'failed')
    logger.warn({ err: new TransientError('AWAY', 'the ledger is away', { cause: error }) }, 'failed')
    logger.error({ err: new AggregateError([error], 'several') }, 'failed')
    logger.error(error)
    logger.error({ err: error })
    logger.child({ part: 'x' }).error({ err: Object.assign(new Error('wrapped'), { inner: error }) })
    t.equal(lines.length, 6)
    t.notMatch(lines.join(''), PERSON)
    t.match(lines[0], `"code":"${code}"`)
  }
  lines.length = 0
  logger.error({
    err: await pool.query('insert into people values ($1, 1)', [PERSON]).catch((error: unknown) => error)
  })
  t.match(JSON.parse(lines[0] ?? '{}'), {
    err: { code: '23505', table: 'people', constraint: 'people_pkey', message: /duplicate key/, stack: /logged-error/ }
  })
})
