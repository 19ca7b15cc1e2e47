import type { SecretEntry } from '@leadlog/service'
import { defineVerb } from '../../declaration/verb.ts'
import { exitCodes } from '../../exit-codes.ts'
import { formatTable } from '../../output/table.ts'

/** As the services themselves reckon; not imported, so that the help needs no library. */
const DUE_DAYS = 90

export const verb = defineVerb({
  description: `Values are never shown or stored: the services leave keyed fingerprints when they start, and the age counts from the first sighting of the oldest value that is held. Older than ${DUE_DAYS} days is due.`,
  examples: [
    ['leadlog secrets list', 'every secret with its age and who holds it'],
    ['leadlog secrets list --json', 'the same for programs']
  ],
  exitCodes: { 1: `a secret is older than ${DUE_DAYS} days` },
  async run(context) {
    const { openSecretBook } = await import('@leadlog/service')
    const log = await context.connect.sealedLog()
    const { natsReplicas } = await context.connect.config()
    const entries = await (await openSecretBook(log, natsReplicas)).list(context.now())
    const due = entries.filter(({ ageDays }) => ageDays > DUE_DAYS)
    return {
      value: { dueAfterDays: DUE_DAYS, secrets: entries.map((entry) => ({ ...entry, due: due.includes(entry) })) },
      text: () => [tableOf(entries, context.out.style), ...conclusion(entries, due)].join('\n'),
      exitCode: due.length > 0 ? exitCodes.failed : exitCodes.ok
    }
  }
})

function tableOf(entries: readonly SecretEntry[], style: Parameters<typeof formatTable>[2]): string {
  return formatTable(
    entries,
    [
      { title: 'variable', value: ({ name }) => name },
      { title: 'age', right: true, value: ({ ageDays }) => `${String(Math.floor(ageDays))} d` },
      { title: 'values', right: true, value: ({ values }) => String(values) },
      { title: 'from', value: ({ holders }) => [...new Set(holders.map(({ source }) => source))].sort().join(', ') },
      {
        title: 'held by',
        cut: true,
        value: ({ holders }) =>
          holders
            .map(({ service }) => service)
            .sort()
            .join(', ')
      }
    ],
    style
  )
}

function conclusion(entries: readonly SecretEntry[], due: readonly SecretEntry[]): string[] {
  if (entries.length === 0) return ['No service has noted its secrets yet: they do when they start.']
  if (due.length === 0) return []
  return ['', `Due for rotation: ${due.map(({ name }) => name).join(', ')}. See docs/runbooks/secret-old.md.`]
}
