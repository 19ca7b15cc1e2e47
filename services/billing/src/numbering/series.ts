import {
  isEvent,
  newEvent,
  NumberTaken,
  type AggregateRef,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'

const WIDTH = 5

/** The numbers of one kind of document in one year; a year begins at 1 again. */
export interface Series {
  readonly id: string
  readonly ref: AggregateRef
}

export function seriesOf(prefix: string, at: Date): Series {
  const id = `${prefix}-${at.getUTCFullYear()}`
  return { id, ref: { context: 'billing', aggregate: 'series', id } }
}

/** What comes next in a series. */
export interface NextNumber {
  readonly number: string
  /** Not before that of the number before. */
  readonly at: string
  readonly event: NewEvent
}

/**
 * The next number. Whoever decides with it must append its event together with the document's own: the log stores both or
 * neither, and only while nothing was added to the series since it was read. So numbers have no gap and no twin.
 */
export function nextNumber(
  series: Series,
  history: readonly RecordedEvent[],
  document: { readonly kind: 'invoice' | 'credit-note'; readonly documentId: string; readonly at: string }
): NextNumber {
  const last = history.findLast((event) => isEvent(event, NumberTaken))
  const position = (last?.data.position ?? 0) + 1
  const number = `${series.id}-${String(position).padStart(WIDTH, '0')}`
  const at = last !== undefined && last.data.at > document.at ? last.data.at : document.at
  return {
    number,
    at,
    event: newEvent(NumberTaken, series.id, { ...document, seriesId: series.id, position, number, at })
  }
}
