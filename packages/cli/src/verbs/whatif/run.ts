import { randomUUID } from 'node:crypto'
import { dollars, readMappings, runWhatIf, type Estimate, type Selection } from '@leadlog/whatif'
import type { Context } from '../../context.ts'
import { moment, type Moment } from '../../declaration/moment.ts'
import { flag, list, number, oneOf, text } from '../../declaration/option.ts'
import { defineVerb } from '../../declaration/verb.ts'
import { usageError } from '../../errors.ts'
import { counted } from '../../output/quantity.ts'
import { OPERATOR } from '../../operator.ts'
import { connectReader } from '../../whatif/connect-reader.ts'
import { openStore } from '../../whatif/open-store.ts'
import { readVariant } from '../../whatif/read-variant.ts'
import { recordText, runText, shortId } from '../../whatif/show-run.ts'

/** Records shown after a run; `whatif show` has all. */
const SHOWN = 5

const CENT = 10_000

export const verb = defineVerb({
  description:
    'Reads past bookings and transcripts another way, or maps them to other CRM fields, and keeps what each CRM record ' +
    'would hold beside what it holds. Nothing is recorded in the log and nothing is sent to the CRM. Nobody outside is ' +
    'asked but the model, where --reader names one; what that costs is told before, and answers are kept for the next ' +
    'run.',
  options: {
    reader: oneOf('who reads', ['as-recorded', 'rules', 'gemini', 'openai']),
    model: text('another model of the provider', { placeholder: '<name>' }),
    prompt: list('another prompt: lead-intel=<file> or meddic=<file>; see whatif prompt', {
      placeholder: '<kind=file>'
    }),
    mapping: text('a file with a mapping document', { placeholder: '<file>' }),
    set: list('another CRM field: ZCF_<FIELD>=<API name>, empty to switch it off', { placeholder: '<ZCF_X=name>' }),
    from: moment('bookings and reports recorded from then on'),
    to: moment('and before'),
    kind: list('lead-intel, meddic or both (both by default)', { placeholder: '<kind>' }),
    lead: list('these leads only: e-mail addresses or ids', { placeholder: '<lead>' }),
    readBy: text('only what was read by this provider, model or prompt version', { placeholder: '<name>' }),
    limit: number('at most so many leads, the newest; 0 for all', { min: 0, max: 1_000_000, default: 0 }),
    maxCost: number('refuse when the estimate is above so many US cents; 0 for no limit', {
      min: 0,
      max: 10_000_000,
      default: 0,
      placeholder: '<cents>'
    }),
    estimate: flag('say what it would take and end')
  },
  dangerous: true,
  examples: [
    ['leadlog whatif run --reader gemini --from 7d --estimate', "what the last week's readings would cost"],
    ['leadlog whatif run --reader gemini --prompt meddic=prompts/meddic-2.txt --kind meddic', 'another prompt'],
    ['leadlog whatif run --set ZCF_BUDGET=Annual_Budget', 'another field of the CRM'],
    ['leadlog whatif run --reader rules --read-by rules-0 --json', 'newer rules, for a program']
  ],
  async run(context, args) {
    const variant = readVariant(args)
    const [log, keyring, store] = [
      await context.connect.openLog(),
      await context.connect.keyring(),
      await openStore(context)
    ]
    const mappings = await readMappings(log, context.target.environment, variant.mapping)
    const selection: Selection = {
      from: timeOf(args.from, '--from'),
      to: timeOf(args.to, '--to'),
      kinds: kindsOf(args.kind),
      leadIds:
        args.lead.length === 0 ? null : args.lead.map((one) => (one.includes('@') ? keyring.personId(one) : one)),
      readBy: args.readBy ?? null,
      limit: args.limit === 0 ? null : args.limit
    }
    const progress = context.progress('leads')
    let estimated: Estimate | undefined
    const run = await runWhatIf({
      log,
      keyring,
      store,
      id: randomUUID(),
      actor: OPERATOR,
      variant,
      selection,
      reader: variant.reader === null ? null : await connectReader(variant.reader, context),
      mappings,
      clock: context.now,
      signal: context.signal,
      ...(args.maxCost === 0 ? {} : { maxCostMicroUsd: args.maxCost * CENT }),
      confirm: async (estimate) => {
        estimated = estimate
        if (args.estimate) return false
        if (estimate.calls > 0) await agree(context, estimate)
        return true
      },
      onProgress: ({ phase, done, total }) => {
        if (phase === 'read') progress.update({ done, total, label: 'reading' })
      }
    }).finally(() => progress.stop())
    if (run === null) return { value: { estimate: estimated }, text: () => estimateText(estimated) }
    const records = await store.records(run.id)
    const { style } = context.out
    return {
      value: { run, records },
      text: () => {
        const changed = records.filter(({ differences }) => differences.length > 0)
        const more = changed.length > SHOWN ? `\n\n… and ${counted(changed.length - SHOWN, 'record')} more` : ''
        return [runText(run, style), ...changed.slice(0, SHOWN).map((record) => recordText(record, style))]
          .join('\n\n')
          .concat(more, `\n\nAll of it: leadlog whatif show ${shortId(run)}`)
      }
    }
  }
})

/** What costs money is asked about first. */
function agree(context: Context, estimate: Estimate): Promise<void> {
  return context.confirm(`${estimateText(estimate)}. Ask the model?`)
}

function estimateText(estimate: Estimate | undefined): string {
  if (estimate === undefined) return 'nothing to read'
  const { calls, kept, inputTokens, outputTokens, costMicroUsd } = estimate
  return `${counted(calls, 'call')} of the model, about ${counted(inputTokens + outputTokens, 'token')} and ${dollars(costMicroUsd)}; ${counted(kept, 'answer')} kept from earlier`
}

function timeOf(at: Moment | undefined, option: string): string | null {
  if (at === undefined) return null
  if ('time' in at) return at.time.toISOString()
  throw usageError(`${option} takes a time here, not a sequence`)
}

function kindsOf(given: readonly string[]): Selection['kinds'] {
  if (given.length === 0) return ['lead-intel', 'meddic']
  return given.map((kind) => {
    if (kind === 'lead-intel' || kind === 'meddic') return kind
    throw usageError(`--kind takes lead-intel or meddic, not "${kind}"`)
  })
}
