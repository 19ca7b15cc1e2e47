import { rollbackSwap } from '@leadlog/projections'
import { argument, defineVerb } from '../../declaration/verb.ts'
import { chooseFold } from '../../projections/choose-projection.ts'

export const verb = defineVerb({
  description: 'It catches up from where it was left. The table it replaces is kept, so a rollback can be rolled back.',
  arguments: { name: argument('the read model') },
  dangerous: true,
  examples: [['leadlog projections rollback leads', 'makes the table before the last swap live again']],
  exitCodes: { 3: 'no table before a swap is kept' },
  async run({ connect, confirm }, { name }) {
    const projection = chooseFold(name)
    await confirm(`Make the table of ${projection.name} live that was live before the last swap?`)
    await rollbackSwap({ projection, pool: await connect.pool(), logger: await connect.logger() })
    return {
      value: { projection: projection.name },
      text: () => `The table of ${projection.name} before the swap is live again.`
    }
  }
})
