import t from 'tap'
import { readRecordCursor, writeRecordCursor } from './record-cursor.ts'

void t.test('a place survives its way to the client; anything else is refused in words', async (t) => {
  const place = { changed: 3, leadId: 'lead-1' }
  t.strictSame(readRecordCursor(writeRecordCursor(place)), place)
  const made = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  for (const wrong of [
    'x',
    made(null),
    made([1]),
    made(['1', 'a']),
    made([1.5, 'a']),
    made([1e12, 'a']),
    made([1, 'a\0'])
  ])
    t.throws(() => readRecordCursor(wrong), { statusCode: 400, code: 'CURSOR_INVALID' })
})
