import { HttpProblem } from '@leadlog/service'
import type { RecordPlace } from '@leadlog/whatif/store'

/** The place as a client gives it back. */
export function writeRecordCursor({ changed, leadId }: RecordPlace): string {
  return Buffer.from(JSON.stringify([changed, leadId])).toString('base64url')
}

/** @throws HttpProblem 400 CURSOR_INVALID */
export function readRecordCursor(cursor: string): RecordPlace {
  try {
    const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown
    if (Array.isArray(parts) && parts.length === 2) {
      const [changed, leadId] = parts as unknown[]
      const isPlace = Number.isInteger(changed) && Math.abs(changed as number) <= MOST_CHANGED
      if (isPlace && typeof leadId === 'string' && !leadId.includes('\0')) return { changed: changed as number, leadId }
    }
  } catch {
    // Not one of ours.
  }
  throw new HttpProblem(400, 'CURSOR_INVALID', 'The cursor is not one of this list; start without it')
}

/** What Postgres' `integer` holds. */
const MOST_CHANGED = 2_147_483_647
