/** A point in a lead's history: after something happened, before the next thing did. */
export interface Moment {
  readonly title: string
  readonly at: string
}

interface Told {
  readonly title: string
  readonly recordedAt: string
}

/** The history as moments, oldest first. What was recorded at the same time is one: nothing was between. */
export function momentsOf(entries: readonly Told[]): Moment[] {
  const byTime = entries.toSorted((a, b) => Date.parse(a.recordedAt) - Date.parse(b.recordedAt))
  const moments: { title: string; at: string; more: number }[] = []
  for (const { title, recordedAt } of byTime) {
    const last = moments.at(-1)
    if (last?.at !== recordedAt) moments.push({ title, at: recordedAt, more: 0 })
    else if (last.title !== title) last.more++
  }
  return moments.map(({ title, at, more }) => ({ at, title: more === 0 ? title : `${title} and ${String(more)} more` }))
}

/** The place of the newest moment that is not after the time; -1 where all are. */
export function momentAt(moments: readonly Moment[], time: string): number {
  return moments.findLastIndex(({ at }) => Date.parse(at) <= Date.parse(time))
}

/** Two places in order with at least one step between them, after one of them was moved; the other makes way. */
export function keptApart(
  places: { readonly from: number; readonly to: number },
  moved: 'from' | 'to',
  last: number
): { from: number; to: number } {
  const { from, to } = places
  if (from < to) return { from, to }
  if (moved === 'from') return from < last ? { from, to: from + 1 } : { from: last - 1, to: last }
  return to > 0 ? { from: to - 1, to } : { from: 0, to: 1 }
}
