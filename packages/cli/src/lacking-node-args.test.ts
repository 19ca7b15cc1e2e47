import { REBUILD_NODE_ARGS } from '@leadlog/projections/node-args'
import { t } from 'tap'
import { lackingNodeArgs } from './lacking-node-args.ts'
import { verbs } from './verbs.ts'

void t.test('a verb that needs options of Node gets those that nobody has set', async (t) => {
  const rebuild = ['projections', 'rebuild', '--all']
  t.strictSame(lackingNodeArgs(verbs, rebuild, ['--disable-warning=x', '']), REBUILD_NODE_ARGS)
  t.strictSame(lackingNodeArgs(verbs, rebuild, REBUILD_NODE_ARGS), [], 'it is not begun a third time')
  t.strictSame(
    lackingNodeArgs(verbs, rebuild, ['--enable-source-maps --max-old-space-size=4096']),
    REBUILD_NODE_ARGS.filter((arg) => !arg.startsWith('--max-old-space-size')),
    'what an operator has set stays'
  )
  for (const args of [[], ['status'], ['projections'], ['no', 'such'], [...rebuild, '--help']])
    t.strictSame(lackingNodeArgs(verbs, args, []), [], args.join(' '))
})
