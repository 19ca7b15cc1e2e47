import { ERASED_TEXT } from '@leadlog/contracts'
import { foldAsOf, type AsOf, type Projection } from '@leadlog/projections'
import type { Context } from '../context.ts'
import type { Moment } from '../declaration/moment.ts'
import { REDACTED } from '../events/shown-event.ts'

type Row = Readonly<Record<string, unknown>>

/** The rows of a read model as of a moment, folded from the log; personal values stay sealed unless revealed. */
export async function foldAt(
  { connect, signal }: Context,
  options: { projection: Projection; at: Moment; key: string | undefined; reveal: boolean }
): Promise<AsOf<Row>> {
  const { projection, at, key, reveal } = options
  const source = reveal ? await connect.openLog() : await connect.sealedLog()
  return foldAsOf<Row>({
    projection,
    source,
    signal,
    ...(key === undefined ? {} : { key }),
    ...('time' in at ? { untilTime: at.time } : { untilSequence: at.sequence })
  })
}

/** What was left sealed is marked so, and not as erased, which nobody knows without opening it. */
export function shownRow(row: Row, reveal: boolean): Row {
  if (reveal) return row
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      typeof value === 'string' && value.toLowerCase().includes(ERASED_TEXT) ? REDACTED : value
    ])
  )
}
