import fc from 'fast-check'
import assert from 'node:assert/strict'
import t from 'tap'
import { cutAtWord, formatDateTime, formatValue } from './format-value.ts'

void t.test('a cut text fits, is a beginning of the original and ends at a word', async (t) => {
  const words = fc.array(fc.constantFrom('lead', 'größe', '😀', 'x'), { maxLength: 20 }).map((list) => list.join(' '))
  fc.assert(
    fc.property(words, fc.integer({ min: 5, max: 40 }), (text, maxLength) => {
      const cut = cutAtWord(text, maxLength)
      assert.ok([...cut].length <= maxLength)
      if (cut === text) return
      assert.ok(cut.endsWith('…'))
      assert.ok(text.startsWith(cut.slice(0, -1)))
    })
  )
  t.equal(cutAtWord('deliveries are often late', 20), 'deliveries are…')
  t.equal(cutAtWord('deliveries are often late', 21), 'deliveries are often…')
  t.equal(cutAtWord('a'.repeat(30), 10), `${'a'.repeat(9)}…`, 'a text without spaces')
})

void t.test('times have an offset and whole seconds', async (t) => {
  t.equal(formatDateTime('2026-11-18T16:00:00.123456Z'), '2026-11-18T16:00:00+00:00')
  t.equal(formatDateTime('tomorrow'), null)
})

void t.test('phones fit, with as much of their form as there is room for', async (t) => {
  t.equal(formatValue('+1 (415) 555-0142', 'phone', 30), '+1 (415) 555-0142')
  t.equal(formatValue('+1 (415) 555-0142, please call after 5', 'phone', 30), '+141555501425')
  t.equal(formatValue(' ', 'phone', 30), null)
})

void t.test('what must not be shortened is left out when it does not fit', async (t) => {
  t.equal(formatValue('https://example.org/long', 'url', 10), null)
  t.equal(formatValue('n/a', 'number', 10), null)
  t.equal(formatValue('0.5', 'number', 10), 0.5)
})
