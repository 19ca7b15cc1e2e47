import { counted } from './format.ts'

/** What a person has chosen so far. */
export interface Draft {
  /** Back from now; 0 for all time. */
  readonly days: number
  readonly source: 'all' | 'lead-intel' | 'meddic'
  readonly limit: string
  /** Empty: as it was read. */
  readonly reader: '' | 'rules' | 'gemini' | 'openai'
  /** CRM fields that would be others, by the variable of the mapping. */
  readonly variables: Readonly<Record<string, string>>
}

const DAY_MS = 86_400_000

/** The draft as the gateway is asked. */
export function questionOf(draft: Draft, nowMs: number): object {
  const limit = Number(draft.limit)
  return {
    ...(draft.days === 0 ? {} : { from: new Date(nowMs - draft.days * DAY_MS).toISOString() }),
    ...(draft.source === 'all' ? {} : { kinds: [draft.source] }),
    ...(limit > 0 ? { limit } : {}),
    ...(draft.reader === '' ? {} : { reader: { provider: draft.reader } }),
    ...(Object.keys(draft.variables).length === 0 ? {} : { variables: draft.variables })
  }
}

/** Why it cannot be run as it is; null when it can. */
export function problemOfQuestion(draft: Draft): string | null {
  if (draft.reader === '' && Object.keys(draft.variables).length === 0)
    return 'Nothing would be different. Choose who reads instead, or another CRM field.'
  if (draft.limit !== '' && !/^[1-9]\d*$/.test(draft.limit)) return 'The number of leads is a whole number from 1.'
  return null
}

/** A few words at the end of a row of the history. */
export function whatIfOutcome(kind: string, result: Readonly<Record<string, unknown>> | null): string {
  if (result === null) return ''
  if (kind === 'apply-what-if') {
    const outcomes = (result['outcomes'] ?? []) as readonly { outcome: string }[]
    const applied = outcomes.filter(({ outcome }) => outcome === 'applied').length
    return `${String(applied)} of ${counted(outcomes.length, 'lead')} applied`
  }
  const totals = result['totals'] as { leads: number; leadsChanged: number } | null
  return totals === null ? '' : `${String(totals.leadsChanged)} of ${counted(totals.leads, 'lead')} would be different`
}

/** How putting it into force ended for a lead. */
export function appliedWords(outcome: string, code: string | null): string {
  switch (outcome) {
    case 'applied':
      return 'Done'
    case 'nothing':
      return 'Nothing to change'
    case 'stale':
      return 'Overtaken: it was read again since. Run the what-if again'
    case 'waiting':
      return 'Asked for; its service has not answered yet'
    default:
      return code === null ? 'Failed' : `Failed: ${code}`
  }
}
