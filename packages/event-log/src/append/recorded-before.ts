import { derivedEventId, type RecordedEvent } from '@leadlog/contracts'
import type { AggregateHistory } from '../read/histories.ts'
import type { AppendedHere } from './appended-here.ts'

/** The event of EVENTS at that sequence, if it has that id. */
export type RecordedReader = (sequence: number, id: string) => Promise<RecordedEvent | null>

/** A command that emits more than this is a design error, not a big command. */
export const MAX_EVENTS_PER_TRANSACTION = 500

/**
 * The events that an earlier run recorded for the same cause and handler, or null when there was none. They were
 * appended as one batch, so they stand side by side in the stream: from one of them the others are found, even those
 * of aggregates that were not loaded.
 */
export async function findRecorded(
  read: RecordedReader,
  request: { readonly cause: { readonly id: string }; readonly handler: string },
  histories: readonly AggregateHistory[],
  appendedHere: Pick<AppendedHere, 'handlerOf'>
): Promise<RecordedEvent[] | null> {
  // Of what another handler appended in this process, the ids need not be tried one after another.
  const mayBeOf = (handler: string, eventId: string): boolean =>
    (appendedHere.handlerOf(eventId) ?? handler) === handler
  const idOf = (index: number): string => derivedEventId(request.cause.id, request.handler, index)
  const candidates = histories
    .flatMap((history) => history.events)
    .filter((event) => event.causationid === request.cause.id && mayBeOf(request.handler, event.id))
  const anchor = findAnchor(candidates, idOf)
  if (!anchor) return null

  const known = new Map(candidates.map((event) => [event.id, event]))
  const first = anchor.event.sequence - anchor.index
  const found: RecordedEvent[] = []
  for (let index = 0; index < MAX_EVENTS_PER_TRANSACTION; index++) {
    const event = known.get(idOf(index)) ?? (await read(first + index, idOf(index)))
    if (!event) break
    found.push(event)
  }
  return found.length > anchor.index ? found : [anchor.event]
}

function findAnchor(
  candidates: readonly RecordedEvent[],
  idOf: (index: number) => string
): { event: RecordedEvent; index: number } | null {
  if (candidates.length === 0) return null
  const byId = new Map(candidates.map((event) => [event.id, event]))
  for (let index = 0; index < MAX_EVENTS_PER_TRANSACTION; index++) {
    const event = byId.get(idOf(index))
    if (event) return { event, index }
  }
  return null
}
