import { swapTables } from '@leadlog/projections'
import { argument, defineVerb } from '../../declaration/verb.ts'
import { chooseFold } from '../../projections/choose-projection.ts'

export const verb = defineVerb({
  description:
    'In one transaction; readers see the old rows or the new ones. The table that was live is kept for a rollback.',
  arguments: { name: argument('the read model') },
  dangerous: true,
  examples: [['leadlog projections swap leads', 'puts the rebuilt table in place of the live one']],
  exitCodes: { 3: 'there is no finished rebuild' },
  async run({ connect, confirm, signal }, { name }) {
    const projection = chooseFold(name)
    await confirm(`Put the rebuilt table of ${projection.name} in place of the live one?`)
    const source = await connect.openLog()
    await swapTables({ projection, source, pool: await connect.pool(), logger: await connect.logger(), signal })
    return {
      value: { projection: projection.name, version: projection.version },
      text: () =>
        `The rebuilt table of ${projection.name} is live. The one before is kept: leadlog projections rollback ${projection.name}, or discard.`
    }
  }
})
