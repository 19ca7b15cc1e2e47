import { appointment } from './format.ts'

interface Told {
  readonly title: string
  readonly detail: string | null
  readonly source: string
}

/** Neighbours that say the same are one entry with a count. */
export function collapsed<Entry extends Told>(entries: readonly Entry[]): { first: Entry; count: number }[] {
  const runs: { first: Entry; count: number }[] = []
  for (const entry of entries) {
    const last = runs.at(-1)
    if (
      last &&
      last.first.title === entry.title &&
      last.first.source === entry.source &&
      last.first.detail === entry.detail
    )
      last.count++
    else runs.push({ first: entry, count: 1 })
  }
  return runs
}

const ISO_TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z/g

/** The text with machine times as appointments in the reader's zone. */
export function textWithDates(text: string, locale?: string): string {
  return text.replace(ISO_TIME, (iso) => appointment(iso, locale))
}
