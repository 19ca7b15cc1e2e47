import { randomUUID } from 'node:crypto'
import { commandId, Reconcile, type CommandResult } from '@leadlog/contracts'
import { moment } from '../declaration/moment.ts'
import { flag } from '../declaration/option.ts'
import { timeOf } from '../declaration/time-of.ts'
import { argument, defineVerb } from '../declaration/verb.ts'
import { CliError, refused } from '../errors.ts'
import { exitCodes } from '../exit-codes.ts'
import { count } from '../output/quantity.ts'
import { OPERATOR } from '../operator.ts'

/** How long one wait for the outcome is; there are as many as it takes. */
const WAIT_MS = 5_000

export const verb = defineVerb({
  description: [
    'Safe at any time and any number of times: what had come is known by its name, and what is fetched gets the id that its',
    'webhook would have had. A run on schedule looks back RECONCILE_WINDOW_HOURS; after a longer outage give the time.'
  ].join('\n'),
  arguments: { source: { ...argument('calendly or readai'), choices: ['calendly', 'readai'] } },
  options: {
    from: moment('what happened at or after'),
    to: moment('what happened before; shortly before now by default'),
    dryRun: flag('only say what is missing')
  },
  examples: [
    ['leadlog reconcile calendly --dry-run', 'what is missing of the last days'],
    ['leadlog reconcile calendly --from 7d', 'after an outage of some days'],
    ['leadlog reconcile readai --from 2026-11-17 --to 2026-11-19', 'a time']
  ],
  exitCodes: {
    0: 'everything was compared and nothing failed',
    1: 'the provider could not be listed to the end, or something could not be fetched',
    4: 'another reconciliation of the source runs, no token is set, or the time cannot be compared'
  },
  async run({ connect, out, signal }, { source, from, to, dryRun }) {
    const log = await connect.writingLog()
    const [start, end] = [timeOf('--from', from), timeOf('--to', to)]
    const id = commandId(OPERATOR, Reconcile, randomUUID())
    const data = {
      source,
      ...(start === undefined ? {} : { from: start.toISOString() }),
      ...(end === undefined ? {} : { to: end.toISOString() }),
      dryRun
    }
    await log.sendCommand({ command: Reconcile, id, data, actor: OPERATOR })
    let outcome = await log.awaitOutcome(id, WAIT_MS)
    if (outcome === null) out.note(`Asked; waiting for ingest. Ctrl-C ends the waiting, not the work (command ${id})`)
    while (outcome === null) {
      signal.throwIfAborted()
      outcome = await log.awaitOutcome(id, WAIT_MS)
    }
    if (outcome.outcome === 'refused') throw refused(outcome.code ?? 'CLI_REFUSED', outcome.message ?? 'It was refused')
    if (outcome.outcome === 'failed') {
      throw new CliError(outcome.code ?? 'CLI_FAILED', outcome.message ?? 'It failed', exitCodes.failed)
    }
    const result = outcome.result as CommandResult<typeof Reconcile>
    const isWell = result.complete && result.failed === 0
    return {
      value: result,
      text: () => textOf(source, result, dryRun),
      exitCode: isWell ? exitCodes.ok : exitCodes.failed
    }
  }
})

function textOf(source: string, result: CommandResult<typeof Reconcile>, dryRun: boolean): string {
  const fetched = dryRun ? 'missing' : 'fetched'
  return [
    `${source}, ${result.from} to ${result.to}: listed ${count(result.listed)}, known ${count(result.known)}, ${fetched} ${count(result.ingested)}, failed ${count(result.failed)}`,
    ...(result.problem ? [`Not everything could be listed. ${result.problem.message} (${result.problem.code})`] : []),
    ...result.missing.map((one) => `  ${one}`)
  ].join('\n')
}
