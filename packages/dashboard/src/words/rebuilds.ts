import { sentence } from './names.ts'

/** What operators start, by its kind. */
export const WORK_NAMES: Readonly<Record<string, string>> = {
  rebuild: 'Rebuild',
  swap: 'Swapped in',
  'discard-table': 'Discarded',
  'roll-back': 'Rolled back'
}

/** What a rebuild does at the moment. */
export const PHASES: Readonly<Record<string, string>> = {
  fill: 'Reading the log',
  index: 'Making indexes',
  level: 'Taking what came in meanwhile',
  compare: 'Comparing with the live table'
}

/** `gateway-crm-writes` → `CRM writes`. */
export function modelName(name: string): string {
  return sentence(name.replace(/^gateway-/, ''))
}

/** A few words at the end of a row of the history. */
export function rebuildOutcome(
  kind: string,
  result: Readonly<Record<string, unknown>> | null,
  thousands: (count: number) => string
): string {
  if (kind !== 'rebuild' || result === null) return ''
  const models = (result['models'] ?? []) as readonly { added: number; removed: number; changed: number }[]
  const differing = models.reduce((sum, { added, removed, changed }) => sum + added + removed + changed, 0)
  const events = `${thousands(Number(result['events'] ?? 0))} events`
  return differing === 0 ? `${events}, no row differs` : `${events}, ${thousands(differing)} rows differ`
}
