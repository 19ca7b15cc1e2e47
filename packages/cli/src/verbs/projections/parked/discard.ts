import { discardParked, listParked } from '@leadlog/projections'
import { argument, defineVerb } from '../../../declaration/verb.ts'
import { notFound } from '../../../errors.ts'
import { counted } from '../../../output/quantity.ts'
import { chooseProjection } from '../../../projections/choose-projection.ts'

export const verb = defineVerb({
  description:
    'The row stays as it is and takes later events again. The log keeps the events; a rebuild meets them again.',
  arguments: { name: argument('the read model'), key: argument('the row') },
  dangerous: true,
  examples: [['leadlog projections parked discard leads 4f1c…', 'gives up the waiting events of one row']],
  exitCodes: { 3: 'that row does not stand still' },
  async run({ connect, confirm }, { name, key }) {
    const projection = chooseProjection(name)
    const pool = await connect.pool()
    const parked = (await listParked(pool, projection.name)).filter((one) => one.key === key)
    if (parked.length === 0) throw notFound(`Row ${key} of ${projection.name} does not stand still`)
    const events = parked.reduce((sum, one) => sum + one.events, 0)
    await confirm(`Give up ${counted(events, 'waiting event')} of row ${key} of ${projection.name}?`)
    for (const { stream } of parked) await discardParked({ projection, pool, stream, key })
    return {
      value: { projection: projection.name, key, events },
      text: () => `${counted(events, 'event')} of row ${key} given up.`
    }
  }
})
