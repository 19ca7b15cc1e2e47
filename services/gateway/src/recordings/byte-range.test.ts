import fc from 'fast-check'
import t from 'tap'
import { byteRange } from './byte-range.ts'

void t.test('a range is read as RFC 9110 says', (t) => {
  t.strictSame(byteRange('bytes=0-0', 10), { start: 0, end: 0 })
  t.strictSame(byteRange('bytes=3-', 10), { start: 3, end: 9 })
  t.strictSame(byteRange('Bytes=3-100', 10), { start: 3, end: 9 })
  t.strictSame(byteRange('bytes=-4', 10), { start: 6, end: 9 })
  t.strictSame(byteRange('bytes=-40', 10), { start: 0, end: 9 })
  for (const header of ['bytes=10-', 'bytes=10-11', 'bytes=-0']) t.equal(byteRange(header, 10), 'unsatisfiable')
  t.equal(byteRange('bytes=-5', 0), 'unsatisfiable')
  const whole = [
    undefined,
    '',
    'bytes=',
    'bytes=-',
    'bytes=5-2',
    'bytes=0-1,4-5',
    'items=0-1',
    'bytes=a-b',
    'bytes=1.5-'
  ]
  for (const header of whole) t.equal(byteRange(header, 10), 'whole', header ?? 'none')
  t.end()
})

void t.test('whatever is asked for, what is served is in the file', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(50), fc.option(fc.nat(60)), fc.option(fc.nat(60)), async (size, from, to) => {
      const range = byteRange(`bytes=${from ?? ''}-${to ?? ''}`, size)
      return typeof range === 'string' || (range.start >= 0 && range.start <= range.end && range.end < size)
    })
  )
})
