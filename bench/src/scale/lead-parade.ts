import type { RecordedEvent } from '@leadlog/contracts'
import { leadChapters, type Chapter, type LeadTimes } from './lead-chapters.ts'
import { randomFrom } from './random.ts'

/** Leads that things happen to at the same time. */
const ACTIVE_LEADS = 500
/** One in so many leads is silent for long after a chapter. */
const SLEEPS_ONE_IN = 4
/** One in so many places that become free goes to somebody who comes back. */
const RETURNS_ONE_IN = 4

export interface ParadeOptions extends LeadTimes {
  /** The number of the first lead; 0 where absent. */
  readonly first?: number
}

interface ActiveLead {
  readonly number: number
  readonly chapters: readonly Chapter[]
  next: number
}

/**
 * The events of more and more leads, without end, as a log would hold them: many at the same time, and any lead of
 * the past may come back. What sleeps is kept as two numbers.
 */
export function* leadParade(options: ParadeOptions = {}): Generator<readonly RecordedEvent[], never, undefined> {
  const random = randomFrom(1)
  const active: ActiveLead[] = []
  const asleep: { number: number; next: number }[] = []
  let leads = options.first ?? 0
  const wake = (): ActiveLead => {
    const place = asleep.length > 0 && random.oneIn(RETURNS_ONE_IN) ? random.below(asleep.length) : -1
    const returning = asleep[place]
    const last = asleep.at(-1)
    if (!returning || !last) return { number: leads, chapters: leadChapters(leads++, options), next: 0 }
    asleep[place] = last
    asleep.pop()
    return { ...returning, chapters: leadChapters(returning.number, options) }
  }
  for (;;) {
    while (active.length < ACTIVE_LEADS) active.push(wake())
    const place = random.below(active.length)
    const lead = active[place]
    if (!lead) continue
    const chapter = lead.chapters[lead.next]
    lead.next += 1
    if (chapter) yield chapter
    const done = lead.next >= lead.chapters.length
    if (!done && !random.oneIn(SLEEPS_ONE_IN)) continue
    if (!done) asleep.push({ number: lead.number, next: lead.next })
    active[place] = wake()
  }
}
