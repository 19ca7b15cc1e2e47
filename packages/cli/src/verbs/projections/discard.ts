import { discardTable } from '@leadlog/projections'
import { argument, defineVerb } from '../../declaration/verb.ts'
import { notFound } from '../../errors.ts'
import { chooseFold } from '../../projections/choose-projection.ts'
import { readSlots } from '../../projections/table-slots.ts'

export const verb = defineVerb({
  description: 'Afterwards there is nothing to roll back to.',
  arguments: { name: argument('the read model') },
  dangerous: true,
  examples: [['leadlog projections discard leads', 'drops the table that was live before the last swap']],
  exitCodes: { 3: 'no table before a swap is kept' },
  async run({ connect, confirm }, { name }) {
    const projection = chooseFold(name)
    const pool = await connect.pool()
    const kept = (await readSlots(pool)).some((slot) => slot.projection === projection.name && slot.slot === 'previous')
    if (!kept) throw notFound(`No table of ${projection.name} from before a swap is kept`)
    await confirm(`Drop the table of ${projection.name} that is kept for a rollback?`)
    await discardTable(pool, projection, 'previous')
    return {
      value: { projection: projection.name },
      text: () => `The previous table of ${projection.name} is dropped.`
    }
  }
})
