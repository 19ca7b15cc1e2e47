import { readPositions } from '@leadlog/projections'
import { defineVerb } from '../../declaration/verb.ts'
import { count, duration } from '../../output/quantity.ts'
import { formatTable } from '../../output/table.ts'
import { readSlots } from '../../projections/table-slots.ts'
import { declaredProjections } from '../../system/manifests.ts'

export const verb = defineVerb({
  examples: [['leadlog projections list', 'where each read model stands, and the copies beside it']],
  async run({ connect, out, now }) {
    const pool = await connect.pool()
    const all = declaredProjections.map(({ projection }) => projection)
    const positions = await readPositions(pool, await connect.sealedLog(), all, now)
    const slots = await readSlots(pool)
    const projections = declaredProjections.map(({ service, projection }) => {
      const own = positions.filter((position) => position.projection === projection.name)
      const beside = slots.filter((slot) => slot.projection === projection.name && slot.slot !== 'live')
      return {
        name: projection.name,
        service,
        version: own[0]?.version ?? null,
        newestVersion: projection.version,
        streams: own,
        beside
      }
    })
    return {
      value: { projections },
      text: () =>
        formatTable(
          projections,
          [
            { title: 'read model', value: ({ name }) => name },
            { title: 'version', right: true, value: ({ version }) => String(version ?? '-') },
            {
              title: 'stands at',
              cut: true,
              value: ({ streams }) => streams.map(({ stream, sequence }) => `${stream} ${count(sequence)}`).join(', ')
            },
            {
              title: 'behind',
              right: true,
              value: ({ streams }) => count(streams.reduce((sum, { lagEvents }) => sum + lagEvents, 0))
            },
            {
              title: 'lag',
              right: true,
              value: ({ streams }) => duration(Math.max(0, ...streams.map(({ lagSeconds }) => lagSeconds)) * 1_000)
            },
            {
              title: 'parked',
              right: true,
              value: ({ streams }) => count(streams.reduce((sum, { parkedKeys }) => sum + parkedKeys, 0))
            },
            {
              title: 'beside it',
              value: ({ beside }) =>
                beside
                  .map(({ slot, finished, version }) =>
                    slot === 'rebuild'
                      ? `rebuild v${String(version)} (${finished ? 'finished' : 'half built'})`
                      : `previous v${String(version)}`
                  )
                  .join(', ')
            }
          ],
          out.style
        )
    }
  }
})
