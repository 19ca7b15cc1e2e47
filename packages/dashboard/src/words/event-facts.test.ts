import t from 'tap'
import { factWords } from './event-facts.ts'

void t.test('facts of an event are said with their unit and by their name', async (t) => {
  const said = (name: string, value: Parameters<typeof factWords>[1]): string => {
    const { title, words } = factWords(name, value)
    return `${title}: ${words}`
  }
  t.equal(said('size', 6548), 'Size: 6.5 KB')
  t.equal(said('provider', 'readai'), 'Provider: Read.ai')
  t.equal(said('eventType', 'meeting_end'), 'What: Meeting report')
  t.equal(said('disposition', 'accepted'), 'Disposition: Accepted')
  t.equal(said('latencyMs', 1_480), 'Answered in: 1.5 s')
  t.equal(said('confidence', 0.8), 'Confidence: 80 %')
  t.equal(said('costMicroUsd', 1_200_000), 'Cost: $1.20')
  t.equal(said('repaired', false), 'Repaired: No')
  t.equal(said('fieldNames', ['Lead_Status', 'Email']), 'Fields: Lead Status, Email')
  t.equal(said('fields', ['meddicRisks', 'budget']), 'Fields: MEDDIC: Risks, Budget')
  t.equal(said('flags', []), 'Flags: None')
  t.equal(said('something', 12_000), 'Something: 12,000', 'a fact that is new is shown all the same')
  t.ok(factWords('crmId', '415086').isCode)
  t.notOk(factWords('size', 1).isCode)
})
