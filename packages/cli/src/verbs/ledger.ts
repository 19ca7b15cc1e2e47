import { findLedger, ledgerRange, openReadDatabase } from '@leadlog/gateway/read-models'
import { moment } from '../declaration/moment.ts'
import { timeOf } from '../declaration/time-of.ts'
import { defineVerb } from '../declaration/verb.ts'
import { exitCodes } from '../exit-codes.ts'
import { ledgerText } from '../system/ledger-text.ts'

export const verb = defineVerb({
  description: [
    'Per source and day: received = ignored + failed + processing + processed. Below it every webhook that is not where it',
    'should end, with the step at which it stands; and what the last reconciliation of each source found.'
  ].join('\n'),
  options: { from: moment('received at or after; six days before today by default'), to: moment('received before') },
  examples: [
    ['leadlog ledger', 'the last seven days'],
    ['leadlog ledger --from 2026-11-01 --to 2026-11-08', 'a week'],
    ['leadlog ledger --json | jq \'.gaps[] | select(.status == "failed")\'', 'what a person has to look at']
  ],
  exitCodes: { 0: 'the books are closed', 1: 'they are not balanced, or something failed' },
  async run(context, { from, to }) {
    const url = await context.connect.databaseUrl()
    const range = ledgerRange(timeOf('--from', from)?.toISOString(), timeOf('--to', to)?.toISOString(), context.now())
    const reads = openReadDatabase({ url, logger: await context.connect.logger() })
    context.connect.onClose(() => reads.close())
    const ledger = await findLedger(reads.db, range)
    return {
      value: ledger,
      text: () => ledgerText(ledger, context.out.style),
      exitCode: ledger.balanced && ledger.totals.failed === 0 ? exitCodes.ok : exitCodes.failed
    }
  }
})
