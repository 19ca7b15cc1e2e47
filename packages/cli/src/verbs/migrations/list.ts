import { listMigrations } from '@leadlog/service'
import { Kysely, PostgresDialect } from 'kysely'
import { defineVerb } from '../../declaration/verb.ts'
import { exitCodes } from '../../exit-codes.ts'
import { formatTable } from '../../output/table.ts'
import { timeText } from '../../output/time-text.ts'
import { allMigrations } from '../../system/all-migrations.ts'

export const verb = defineVerb({
  description:
    'Missing ones are applied by the next start of their service. "unknown" was applied by a newer release, "changed" with ' +
    'other statements than this release has: in both cases the service refuses to start.',
  examples: [['leadlog migrations list', 'what was applied, and when']],
  exitCodes: { 1: 'a migration is unknown or changed' },
  async run({ connect, out }) {
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: await connect.pool() }) })
    const listed = await Promise.all(
      allMigrations().map(async (migrations) =>
        (await listMigrations(db, migrations)).map((one) => ({ schema: migrations.schema, ...one }))
      )
    )
    const migrations = listed.flat()
    return {
      value: { migrations },
      text: () =>
        formatTable(
          migrations,
          [
            { title: 'schema', value: ({ schema }) => schema },
            { title: 'migration', value: ({ name }) => name },
            { title: 'state', value: ({ state }) => state },
            { title: 'applied', value: ({ appliedAt }) => timeText(appliedAt) }
          ],
          out.style
        ),
      exitCode: migrations.some(({ state }) => state === 'unknown' || state === 'changed')
        ? exitCodes.failed
        : exitCodes.ok
    }
  }
})
