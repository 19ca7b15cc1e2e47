import { number } from '../../declaration/option.ts'
import { defineVerb } from '../../declaration/verb.ts'
import { formatTable } from '../../output/table.ts'
import { count } from '../../output/quantity.ts'
import { openStore } from '../../whatif/open-store.ts'
import type { Run } from '@leadlog/whatif'
import { shortId, variantText } from '../../whatif/show-run.ts'

export const verb = defineVerb({
  options: { limit: number('at most so many, the newest first', { min: 1, max: 1_000, default: 20 }) },
  examples: [['leadlog whatif list', 'the newest what-ifs']],
  async run(context, { limit }) {
    const runs = await (await openStore(context)).runs(limit)
    return {
      value: { data: runs },
      text: () =>
        runs.length === 0
          ? 'No what-if was run yet. Begin with: leadlog whatif run --help'
          : formatTable<Run>(
              runs,
              [
                { title: 'id', value: shortId },
                { title: 'begun', value: (run) => run.createdAt.toISOString().slice(0, 16) },
                { title: 'state', value: (run) => run.state },
                { title: 'leads', right: true, value: (run) => count(run.totals?.leads ?? 0) },
                { title: 'different', right: true, value: (run) => count(run.totals?.leadsChanged ?? 0) },
                { title: 'tried', value: (run) => variantText(run.variant) }
              ],
              context.out.style
            )
    }
  }
})
