import { applyRun, isMappingInForce, type Applied, type RunRecord } from '@leadlog/whatif'
import { flag, list } from '../../declaration/option.ts'
import { argument, defineVerb } from '../../declaration/verb.ts'
import { exitCodes } from '../../exit-codes.ts'
import { notFound, usageError } from '../../errors.ts'
import { count, counted } from '../../output/quantity.ts'
import { OPERATOR } from '../../operator.ts'
import { openStore } from '../../whatif/open-store.ts'
import { shortId } from '../../whatif/show-run.ts'

export const verb = defineVerb({
  description:
    'The readings of the selected leads are put into force and go on as any other reading: lead, CRM record, note. What ' +
    'was read again since the what-if is left alone. Another mapping must be in force in crm-sync before: then the ' +
    'selected records are written anew.',
  arguments: { run: argument('id of the what-if, or its beginning') },
  options: {
    only: list('these leads: e-mail addresses or ids', { placeholder: '<lead>' }),
    all: flag('every lead in which something would be different')
  },
  dangerous: true,
  examples: [
    ['leadlog whatif apply 3f2a --only ada@example.com,bob@example.com', 'two of them'],
    ['leadlog whatif apply 3f2a --all --yes', 'all of them']
  ],
  exitCodes: { [exitCodes.failed]: 'some could not be applied' },
  async run(context, args) {
    if (args.all === args.only.length > 0) throw usageError('Say which: --only <lead>,… or --all')
    const store = await openStore(context)
    const run = await store.run(args.run)
    const open = (await store.records(run.id)).filter(({ differences }) => differences.length > 0)
    const records = args.all ? open : args.only.map((wanted) => named(open, wanted))
    await context.confirm(
      `Put ${counted(records.length, 'lead')} of what-if ${shortId(run)} into force, and write them to the CRM?`
    )
    const progress = context.progress('leads')
    const log = await context.connect.openLog()
    const outcomes = await applyRun({
      log,
      keyring: await context.connect.keyring(),
      store,
      run,
      records,
      actor: OPERATOR,
      mappingInForce: await isMappingInForce(log, context.target.environment, run),
      clock: context.now,
      signal: context.signal,
      onProgress: (done, total) => progress.update({ done, total, label: 'applying' })
    }).finally(() => progress.stop())
    const failed = outcomes.filter(({ outcome }) => outcome !== 'applied')
    return {
      value: { id: run.id, outcomes },
      text: () => appliedText(outcomes, records),
      exitCode: failed.length > 0 ? exitCodes.failed : exitCodes.ok
    }
  }
})

function named(records: readonly RunRecord[], wanted: string): RunRecord {
  const found = records.find(
    ({ leadId, email }) => leadId === wanted || email?.toLowerCase() === wanted.trim().toLowerCase()
  )
  if (!found) throw notFound(`Nothing would be different for ${wanted} in this what-if`)
  return found
}

function appliedText(outcomes: readonly Applied[], records: readonly RunRecord[]): string {
  const applied = outcomes.filter(({ outcome }) => outcome === 'applied').length
  const lines = outcomes
    .filter(({ outcome }) => outcome !== 'applied')
    .map(({ leadId, outcome, message }) => {
      const who = records.find((record) => record.leadId === leadId)?.email ?? leadId
      return `${who}: ${message ?? outcome}`
    })
  return [`${count(applied)} of ${counted(outcomes.length, 'lead')} applied`, ...lines].join('\n')
}
