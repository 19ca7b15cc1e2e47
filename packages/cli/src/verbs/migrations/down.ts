import { listMigrations, migrateDown } from '@leadlog/service'
import { argument, defineVerb } from '../../declaration/verb.ts'
import { notFound } from '../../errors.ts'
import { allMigrations } from '../../system/all-migrations.ts'
import { openDatabase } from '../../system/open-database.ts'

export const verb = defineVerb({
  description:
    'For going back to an older release: stop the service that owns the schema, take its steps back with the newer release, ' +
    'start the older one. What the step added goes with all that it holds, so make a backup first. Taking back the first ' +
    'step of crm_sync forgets which calls were made to the CRM, that of telephony which calls were placed and messages sent, ' +
    'that of billing which pages were opened at Stripe and which invoices were mailed.',
  arguments: { schema: { ...argument('whose'), choices: allMigrations().map(({ schema }) => schema) } },
  dangerous: true,
  examples: [['leadlog migrations down crm_sync', 'names the step, asks, and takes it back']],
  exitCodes: { 3: 'no step of the schema is applied' },
  async run(context, { schema }) {
    const migrations = allMigrations().find((one) => one.schema === schema)
    if (!migrations) throw notFound(`There is no schema "${schema}"`)
    const db = await openDatabase(context)
    const newest = (await listMigrations(db, migrations)).findLast(({ state }) => state !== 'missing')
    if (!newest) throw notFound(`No migration of schema ${schema} is applied`)
    await context.confirm(`Take ${newest.name} of schema ${schema} back, with all that it holds?`)
    const takenBack = await migrateDown(db, migrations)
    return { value: { schema, takenBack }, text: () => `${takenBack.join(', ')} of ${schema} was taken back.` }
  }
})
