import t from 'tap'
import { bytes, counted, dayAfter, dayWords, dollars, duration, elideMiddle, percent, relativeTime } from './format.ts'

const NOW = Date.parse('2026-11-18T12:00:00.000Z')

void t.test('a moment is as far away as a person would say', async (t) => {
  const cases = {
    '2026-11-18T11:59:55.000Z': 'just now',
    '2026-11-18T11:59:20.000Z': '40 s ago',
    '2026-11-18T11:45:00.000Z': '15 min ago',
    '2026-11-18T14:00:00.000Z': 'in 2 h',
    '2026-11-15T12:00:00.000Z': '3 d ago',
    '2026-10-02T12:00:00.000Z': 'Oct 2',
    '2024-10-02T12:00:00.000Z': 'Oct 2, 2024'
  }
  for (const [iso, words] of Object.entries(cases)) t.equal(relativeTime(iso, NOW, 'en-US'), words)
})

void t.test('lengths, ids, counts and money', async (t) => {
  t.same([320, 1_400, 120_000, 125_000, 12_000_000, 90_000_000].map(duration), [
    '320 ms',
    '1.4 s',
    '2 min',
    '2 min 5 s',
    '3 h 20 min',
    '1 d 1 h'
  ])
  t.equal(elideMiddle('65bdc8a4d78e7f9f9e7840c2b4dea364'), '65bdc8…a364')
  t.equal(elideMiddle('short-id'), 'short-id')
  t.same([counted(1, 'row'), counted(1200, 'reply', 'replies')], ['1 row', '1,200 replies'])
  t.same([bytes(999), bytes(6548), bytes(2_400_000)], ['999 B', '6.5 KB', '2.4 MB'])
  t.same([dollars(0), dollars(3_500), dollars(12_340_000)], ['$0.00', '$0.0035', '$12.34'])
})

void t.test('days of the books are days of UTC, whatever the zone of the reader', async (t) => {
  t.equal(dayWords('2026-11-30', 'en-GB'), 'Mon 30 Nov')
  t.equal(dayAfter('2026-12-31'), '2027-01-01')
  t.equal(percent(0.795), '80 %')
})
