import type { Ledger } from '@leadlog/gateway/read-models'
import { count } from '../output/quantity.ts'
import type { Style } from '../output/style.ts'
import { formatTable } from '../output/table.ts'

/** Gaps that are shown; `--json` has all. */
const SHOWN_GAPS = 20

type Day = Ledger['days'][number]
type Number = Exclude<{ [K in keyof Day]: Day[K] extends number ? K : never }[keyof Day], undefined>

const NUMBERS: readonly Number[] = [
  'received',
  'ignored',
  'failed',
  'parked',
  'processing',
  'processed',
  'enriched',
  'synced',
  'unsynced',
  'pulled'
]

/** Left out first where the terminal is narrow. */
const LESS_ASKED = new Set<Number>(['parked', 'enriched', 'synced', 'unsynced', 'pulled'])

/** The books as people read them. */
export function ledgerText(ledger: Ledger, style: Style): string {
  const days = formatTable(
    ledger.days,
    [
      { title: 'day', value: ({ day }) => day },
      { title: 'source', value: ({ provider }) => provider },
      ...NUMBERS.map((name) => ({
        title: name,
        right: true,
        optional: LESS_ASKED.has(name),
        value: (day: Day) => count(day[name])
      })),
      { title: 'reconciled through', optional: true, value: ({ reconciledThrough }) => shortTime(reconciledThrough) }
    ],
    style
  )
  return [
    ledger.days.length === 0 ? 'Nothing was received.' : days,
    ledger.balanced ? style.good('balanced: every received event is accounted for') : style.bad('NOT balanced'),
    ...sources(ledger, style),
    ...gaps(ledger, style)
  ].join('\n\n')
}

function sources(ledger: Ledger, style: Style): string[] {
  return ledger.sources.map(({ provider, lastRun, reconciledAt }) => {
    const found = `listed ${count(lastRun.listed)}, known ${count(lastRun.known)}, fetched ${count(lastRun.ingested)}, failed ${count(lastRun.failed)}`
    const state = lastRun.complete ? found : style.bad(`incomplete: ${lastRun.problem ?? ''}`)
    return `${provider}: last reconciled ${shortTime(reconciledAt) || 'never'}; last run ${shortTime(lastRun.completedAt)}: ${state}`
  })
}

function gaps({ gaps: all, gapsTruncated }: Ledger, style: Style): string[] {
  if (all.length === 0) return []
  const more = all.length > SHOWN_GAPS || gapsTruncated ? [`and more; --json lists ${count(all.length)}`] : []
  const table = formatTable(
    all.slice(0, SHOWN_GAPS),
    [
      { title: 'gap', value: ({ id }) => id },
      { title: 'received', optional: true, value: ({ receivedAt }) => shortTime(receivedAt) },
      { title: 'event', value: ({ provider, eventType }) => `${provider} ${eventType}` },
      { title: 'status', optional: true, value: ({ status }) => status },
      { title: 'stands at', value: ({ step }) => step },
      { title: 'reason', cut: true, value: ({ reason }) => reason ?? '' }
    ],
    style
  )
  const next = [
    `→ leadlog trace <gap>${all.some(({ status }) => status === 'failed') ? '; what failed: leadlog dead-letters list' : ''}`
  ]
  return [[table, ...more, ...next].join('\n')]
}

function shortTime(time: string | null): string {
  return time?.slice(0, 16).replace('T', ' ') ?? ''
}
