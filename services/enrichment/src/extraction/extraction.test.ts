import t from 'tap'
import { ExtractionStarted, LeadIntelExtracted, newEvent, type RecordedEvent } from '@leadlog/contracts'
import { decideAdopt } from './adopt-reading.command.ts'
import { decideFinish, decideStart, extractionIdOf, type Reading } from './extraction.ts'

const reading: Reading = {
  extractionId: 'x1',
  kind: 'lead-intel',
  personId: 'p1',
  meetingId: 'm1',
  observedAt: '2026-11-18T10:00:00Z'
}
const by = { provider: 'rules', model: 'rules-1', promptVersion: 'rules-1' }
const read = [{ type: LeadIntelExtracted.type, data: reading }] as unknown as RecordedEvent[]
const result = newEvent(ExtractionStarted, 'x1', { ...reading, ...by })
const typesOf = (events: ReturnType<typeof decideStart>) => events.map((event) => event.definition.name)

void t.test('a content is begun once it is new, and skipped when it was read', (t) => {
  t.strictSame(typesOf(decideStart(reading, [], by)), ['ExtractionStarted'])
  t.strictSame(typesOf(decideStart(reading, read, by)), ['ExtractionSkipped'])
  t.end()
})

void t.test('every delivery ends with an event, also when another one was read between two attempts', (t) => {
  t.strictSame(decideFinish(reading, [], result), [result])
  t.strictSame(typesOf(decideFinish(reading, read, result)), ['ExtractionSkipped'])
  t.strictSame(typesOf(decideFinish(reading, read, null)), ['ExtractionSkipped'])
  t.end()
})

void t.test('the id follows from person, kind and content alone', (t) => {
  t.equal(extractionIdOf('p1', 'lead-intel', 'd'), extractionIdOf('p1', 'lead-intel', 'd'))
  t.not(extractionIdOf('p1', 'lead-intel', 'd'), extractionIdOf('p1', 'meddic', 'd'))
  t.not(extractionIdOf('p1', 'lead-intel', 'd'), extractionIdOf('p2', 'lead-intel', 'd'))
  t.end()
})

void t.test('another reading is put into force only where nothing was read since it was compared', (t) => {
  const { personId: _personId, ...content } = reading
  const intel = { company: 'Acme' } as unknown as NonNullable<Parameters<typeof decideAdopt>[0]['intel']>
  const call = { provider: 'gemini' } as unknown as Parameters<typeof decideAdopt>[0]['call']
  const adopted = { email: 'ada@example.com', ...content, afterSequence: 7, intel, call }
  t.match(decideAdopt(adopted, 'p1', 7), [
    { definition: LeadIntelExtracted, aggregateId: 'x1', data: { ...reading, intel, call } }
  ])
  t.match(decideAdopt(adopted, 'p1', 9), { refused: true, code: 'ENRICHMENT_READING_CHANGED' })
  t.match(decideAdopt({ ...adopted, kind: 'meddic' }, 'p1', 7), { code: 'ENRICHMENT_READING_INCOMPLETE' })
  t.end()
})
