import type { RecordedEvent } from '@leadlog/contracts'
import { FrozenError } from '../errors.ts'
import type { FrozenConfiguration, FrozenEvent } from '../frozen-event.ts'
import { replayFrozen } from '../replay/replay-frozen.ts'
import { findLeftovers } from '../scrub/leftovers.ts'
import { findPersonalValues } from '../scrub/personal-values.ts'
import { createPseudonyms } from '../scrub/pseudonyms.ts'
import { scrubEnvelope, scrubFrozen } from '../scrub/scrub-event.ts'
import { createScrubber, type Scrubber } from '../scrub/scrubber.ts'
import { alignIds } from './align-ids.ts'
import { collectEvent, type NotReproduced } from './collect-event.ts'
import type { LogReader } from './log-reader.ts'
import { parsed, textOf } from './texts.ts'
import { whereLeft } from './where-left.ts'

export interface FreezeOptions {
  readonly reader: LogReader
  readonly configuration: FrozenConfiguration
  /** Of this release. */
  readonly version: string
  /** Random bytes that make the made-up values; to be forgotten afterwards. */
  readonly key: Uint8Array
  /** Names that nobody can find out to be names, of people who are only spoken of. */
  readonly also?: readonly string[]
  /** Events that are to be shown beside, whose persons get the same stand-ins. */
  readonly alongside?: readonly RecordedEvent[]
}

/** A handling that could not be frozen. */
export interface LeftOut extends NotReproduced {
  readonly eventId: string
}

export interface Frozen {
  readonly events: readonly FrozenEvent[]
  readonly leftOut: readonly LeftOut[]
  /** Persons and links that were replaced. */
  readonly replaced: number
  /** The events given alongside, without their persons. */
  readonly alongside: readonly FrozenEvent['event'][]
}

/**
 * Freezes events: reads what their handlers knew and did, replaces every person by a made-up one, the same in all of
 * them, and keeps each handling that decides the same on the made-up persons; what cannot be kept is told in `leftOut`.
 * Searches the result for every value that was replaced.
 *
 * @throws FrozenError FROZEN_PERSONAL_DATA_LEFT
 */
export async function freezeEvents(events: readonly RecordedEvent[], options: FreezeOptions): Promise<Frozen> {
  const { reader, configuration, version, key, alongside = [], also = [] } = options
  const leftOut: LeftOut[] = []
  const collected: FrozenEvent[] = []
  for (const event of events) {
    try {
      const { frozen, notReproduced } = await collectEvent(event, reader, configuration, version)
      collected.push(frozen)
      leftOut.push(...notReproduced.map((one) => ({ eventId: event.id, ...one })))
    } catch (error) {
      if (!(error instanceof FrozenError) || error.code === 'FROZEN_PERSONAL_DATA_LEFT') throw error
      leftOut.push({ eventId: event.id, service: 'every', handler: 'handler', because: error.message })
    }
  }
  const personal = findPersonalValues(
    [...collected.flatMap(sourcesOf), alongside.map(({ data }) => data), also.map((speaker) => ({ speaker }))],
    [...configuration.ownDomains]
  )
  const pseudonyms = createPseudonyms(key, personal.words)
  const derived = new Map<string, string>()
  const scrubberOf = (): Scrubber => createScrubber(personal, pseudonyms, derived)
  await alignIds(collected, derived, scrubberOf)
  const scrubber = scrubberOf()
  const scrubbed: FrozenEvent[] = []
  for (const one of collected) {
    const { frozen, dropped } = await keepReproducible(scrubFrozen(one, scrubber))
    scrubbed.push(frozen)
    leftOut.push(...dropped.map((handling) => ({ eventId: one.event.id, ...handling, because: READS_PERSONS })))
  }
  const beside = alongside.map((event) =>
    scrubEnvelope(JSON.parse(JSON.stringify(event)) as FrozenEvent['event'], scrubber, null)
  )
  // A body in which nothing was personal keeps its digest.
  const digests = new Set(scrubbed.map(({ event }) => (event.data as { digest?: unknown }).digest))
  const found = findLeftovers([...scrubbed, ...beside].map(textOf).join('\n'), personal)
  const left = new Set(found.filter((value) => !digests.has(value)))
  if (left.size > 0) {
    const places = whereLeft([...scrubbed, ...beside], left, personal)
    throw new FrozenError(
      'FROZEN_PERSONAL_DATA_LEFT',
      `Nothing was written: ${String(left.size)} personal values would have been left (${places.join(', ') || 'across several texts'}). This is a fault of the scrubbing; report it with the id of the event`
    )
  }
  const replaced = personal.values.size + personal.phones.size
  return { events: scrubbed, leftOut, replaced, alongside: beside }
}

const READS_PERSONS =
  'with made-up persons it decides something else than it did: a rule reads a name or an address as more than a name'

async function keepReproducible(
  frozen: FrozenEvent
): Promise<{ frozen: FrozenEvent; dropped: { service: string; handler: string }[] }> {
  const replayed = await replayFrozen(frozen)
  const isSame = (index: number): boolean => replayed[index]?.same === true
  return {
    frozen: { ...frozen, handlings: frozen.handlings.filter((_, index) => isSame(index)) },
    dropped: replayed.filter(({ same }) => !same).map(({ service, handler }) => ({ service, handler }))
  }
}

function sourcesOf({ event, body, histories, handlings, persons }: FrozenEvent): unknown[] {
  return [event.data, parsed(body), histories, handlings, Object.keys(persons), idsOf(persons)]
}

function idsOf(persons: Readonly<Record<string, string>>): unknown[] {
  return Object.values(persons).map((personId) => ({ personId }))
}
