import { rebuildProjections, type Projection, type RebuildResult } from '@leadlog/projections'
import type { Context } from '../../context.ts'
import { flag } from '../../declaration/option.ts'
import { defineVerb, manyOrNone } from '../../declaration/verb.ts'
import { CliError, usageError } from '../../errors.ts'
import { exitCodes } from '../../exit-codes.ts'
import { count, duration } from '../../output/quantity.ts'
import { formatTable } from '../../output/table.ts'
import { allFolds, chooseFold } from '../../projections/choose-projection.ts'

export const verb = defineVerb({
  description: [
    'Builds the table anew from the first event, beside the live one, which is read and kept level meanwhile. Ctrl-C pauses: what is',
    'built stays, and the same command goes on from there, after a crash too. Then compare, and swap. Needs the master key.'
  ].join('\n'),
  arguments: { names: manyOrNone('read models; the service’s name may be left out') },
  options: { all: flag('every read model; what they read in common is read once') },
  examples: [
    ['leadlog projections rebuild leads', 'builds gateway-leads beside the live table'],
    ['leadlog projections rebuild --all', 'every read model'],
    ['leadlog projections rebuild leads && leadlog projections compare leads', 'and compares']
  ],
  exitCodes: { 130: 'paused by Ctrl-C: the same command goes on', 4: 'another process builds the same one' },
  async run(context, { names, all }) {
    if (all === names.length > 0) throw usageError('Name the read models, or say --all. See: leadlog projections list')
    const chosen = all ? allFolds() : names.map(chooseFold)
    const source = await context.connect.openLog()
    const pool = await context.connect.pool()
    const logger = await context.connect.logger()
    const built = await rebuild(context, chosen, { source, pool, logger })
    return {
      value: { rebuilt: built },
      text: () =>
        [
          formatTable(
            built,
            [
              { title: 'read model', value: ({ projection }) => projection },
              { title: 'version', right: true, value: ({ version }) => String(version) },
              { title: 'events', right: true, value: ({ events }) => count(events) },
              { title: 'took', right: true, value: ({ durationMs }) => duration(durationMs) },
              { title: '', value: ({ resumed }) => (resumed ? 'went on from where it was' : '') },
              { title: 'table', optional: true, value: ({ table }) => table }
            ],
            context.out.style
          ),
          context.out.style.dim('→ leadlog projections compare <name>, then leadlog projections swap <name>')
        ].join('\n\n')
    }
  }
})

async function rebuild(
  { signal, progress, out }: Context,
  chosen: readonly Projection[],
  parts: Pick<Parameters<typeof rebuildProjections>[0], 'source' | 'pool' | 'logger'>
): Promise<readonly RebuildResult[]> {
  const names = chosen.map(({ name }) => name)
  const what = names.length === 1 ? names.join() : `${names.length} read models`
  const bar = progress('messages')
  let at = ''
  try {
    return await rebuildProjections({
      ...parts,
      projections: chosen,
      signal,
      onProgress({ phase, stream, sequence, targetSequence, eventsPerSecond, remainingMs }) {
        if (phase === 'index') return
        at = `${stream} ${count(sequence)} of ${count(targetSequence)}`
        bar.update({
          label: `${what} ${stream}`,
          done: sequence,
          total: targetSequence,
          rate: eventsPerSecond,
          remainingMs
        })
      }
    })
  } catch (error) {
    if (!signal.aborted) throw error
    bar.stop()
    out.note(`${what}: paused${at === '' ? '' : ` at ${at}`}; what is built stays.`)
    const one = names.length === 1 ? what : '<name>'
    throw new CliError(
      'CLI_REBUILD_PAUSED',
      `Go on with: leadlog projections rebuild ${names.join(' ')}. Throw it away with: leadlog projections cancel ${one}`,
      exitCodes.interrupted
    )
  } finally {
    bar.stop()
  }
}
