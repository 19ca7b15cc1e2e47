import type { EventIndexRow } from '@leadlog/gateway/read-models'
import type { Style } from '../output/style.ts'

const SERVICE_WIDTH = 13
const TYPE_WIDTH = 24

/** One event in one line: when, who, what, in words, and the id to go on with. */
export function eventLine(row: EventIndexRow, style: Style): string {
  const time = row.time.slice(0, 23).replace('T', ' ')
  return [
    style.dim(time),
    style.name(row.source.replace(/^leadlog\//, '').padEnd(SERVICE_WIDTH)),
    style.bold(shortType(row.type).padEnd(TYPE_WIDTH)),
    row.summary,
    style.dim(row.id)
  ].join('  ')
}

/** `crm-sync.RecordWritten.v1` → `RecordWritten`. */
export function shortType(type: string): string {
  return type.split('.')[1] ?? type
}
