import { discardTable, withRebuildLock } from '@leadlog/projections'
import { argument, defineVerb } from '../../declaration/verb.ts'
import { notFound } from '../../errors.ts'
import { chooseFold } from '../../projections/choose-projection.ts'
import { readSlots } from '../../projections/table-slots.ts'

export const verb = defineVerb({
  description: 'The live table is not touched. What was built is lost, so it asks.',
  arguments: { name: argument('the read model') },
  dangerous: true,
  examples: [['leadlog projections cancel leads', 'removes the table that is built beside gateway.leads']],
  exitCodes: { 3: 'nothing is being built', 4: 'a process is building it: stop that one first (Ctrl-C there)' },
  async run({ connect, confirm }, { name }) {
    const projection = chooseFold(name)
    const pool = await connect.pool()
    const slot = (await readSlots(pool)).find((one) => one.projection === projection.name && one.slot === 'rebuild')
    if (!slot) throw notFound(`Nothing is built beside ${projection.name}`)
    await confirm(`Remove the ${slot.finished ? 'finished' : 'half-built'} table beside ${projection.name}?`)
    await withRebuildLock(pool, projection.name, () => discardTable(pool, projection, 'rebuild'))
    return {
      value: { projection: projection.name, removed: slot },
      text: () => `The table beside ${projection.name} is removed.`
    }
  }
})
