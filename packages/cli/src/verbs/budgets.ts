import { handlerBacklog } from '@leadlog/event-log'
import { findQueuedCalls, openReadDatabase, readBacklog } from '@leadlog/gateway/read-models'
import { readAccounts, reportBudgets, type AccountState, type Backlog } from '@leadlog/outbound/forecast'
import type { Context } from '../context.ts'
import { text } from '../declaration/option.ts'
import { defineVerb } from '../declaration/verb.ts'
import { missing } from '../connection/connections.ts'
import { CliError, notConfigured } from '../errors.ts'
import { exitCodes } from '../exit-codes.ts'
import { explainError } from '../explain-error.ts'
import { budgetsText } from '../system/budgets-text.ts'

export const verb = defineVerb({
  description: [
    'Reads the budgets that the processes share in Redis and takes nothing from them. What waits are calls of all processes',
    'and what stands in the log for them; the forecast goes on with the traffic of the last minutes. Times are UTC.'
  ].join('\n'),
  options: { vendor: text('only this vendor', { placeholder: '<name>' }) },
  examples: [
    ['leadlog budgets', 'use, what waits, and when it is done, of every vendor account'],
    ["leadlog budgets --vendor zoho --json | jq -r '.[].words[]'", 'the forecast in words'],
    ['leadlog budgets > /dev/null || page-somebody', 'as a check']
  ],
  exitCodes: { 0: 'the limits suffice', 1: "a day's quota is or will be used up before what waits is done" },
  async run(context, { vendor }) {
    const redis = await context.connect.redis()
    if (redis === null) throw missing('REDIS_URL', 'redis://127.0.0.1:63790')
    const states = await readAccounts(redis).catch((error: unknown) => {
      throw redisAway(error)
    })
    const reports = reportBudgets(states, await backlog(context, states)).filter(
      (report) => vendor === undefined || report.vendor === vendor
    )
    const short = reports.some(({ lanes }) => lanes.some(({ dayReachedAt }) => dayReachedAt !== null))
    return {
      value: reports,
      text: () => budgetsText(reports, context.out.style),
      exitCode: short ? exitCodes.failed : exitCodes.ok
    }
  }
})

/** A look without what stands in the log still tells what the processes wait for. */
async function backlog({ connect, out }: Context, states: readonly AccountState[]): Promise<Backlog[]> {
  try {
    const { databaseUrl } = await connect.config()
    if (databaseUrl === undefined) throw notConfigured('set DATABASE_URL')
    const [log, logger] = [await connect.sealedLog(), await connect.logger()]
    const reads = openReadDatabase({ url: databaseUrl, logger })
    connect.onClose(() => reads.close())
    return await readBacklog(
      {
        queued: findQueuedCalls(reads.db),
        handlerBacklog: (service, handler) => handlerBacklog(log, { stream: 'EVENTS', service, handler }).catch(() => 0)
      },
      states
    )
  } catch (error) {
    out.note(`what waits in the log is not counted: ${explainError(error).message}`)
    return []
  }
}

function redisAway(error: unknown): CliError {
  const message = `Redis cannot be reached (${explainError(error).message}). Check REDIS_URL and that the server runs`
  return new CliError('CLI_REDIS_AWAY', message, exitCodes.cannotConnect, { cause: error })
}
