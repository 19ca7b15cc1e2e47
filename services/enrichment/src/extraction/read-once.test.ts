import {
  ExtractionRejected,
  LeadIntelExtracted,
  newEvent,
  type ModelCall,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import type { HandlerContext } from '@leadlog/service'
import t from 'tap'
import type { ReadingDeps } from '../deps.ts'
import { createRulesExtractor } from '../extractor/rules-extractor.ts'
import { ExtractionFailure } from '../model/extraction-failure.ts'
import type { Reading } from './extraction.ts'
import { readOnce } from './read-once.ts'

const reading: Reading = {
  extractionId: 'x1',
  kind: 'lead-intel',
  personId: 'p1',
  meetingId: 'm1',
  observedAt: '2026-11-18T10:00:00Z'
}
const rules = createRulesExtractor(() => 0)
const deps: ReadingDeps = { extractor: rules, rules, measured: { ended: () => undefined } }
const call = { provider: 'gemini' } as unknown as ModelCall

/** The history of one extraction, as the log keeps it for one message: what a step recorded before is found again. */
function oneExtraction() {
  const history: RecordedEvent[] = []
  const steps = new Map<string, RecordedEvent[]>()
  const loaded = async () => ({
    ref: { context: 'enrichment', aggregate: 'extraction', id: 'x1' },
    events: history,
    sequence: history.length
  })
  const transact: HandlerContext['transact'] = async ({ decide, step = '' }) => {
    const before = steps.get(step)
    if (before) return { events: before, repeated: true }
    const decided = decide([await loaded()])
    if ('refused' in decided) return { refusal: decided }
    const events = decided.map(({ definition, data }) => ({ type: definition.type, data }) as unknown as RecordedEvent)
    steps.set(step, events)
    history.push(...events)
    return { events, repeated: false }
  }
  const contextOf = (attemptToken: string) => ({ attemptToken, load: loaded, transact }) as unknown as HandlerContext
  return {
    attempt: (token: string, read: () => Promise<NewEvent>) => readOnce(reading, null, deps, contextOf(token), read),
    typesOf: () => history.map(({ type }) => type.split('.')[1])
  }
}

const unusable = () =>
  Promise.reject(new ExtractionFailure('ENRICHMENT_ANSWER_INVALID', 'no answer', { issues: [], call }))
const usable = () => Promise.resolve(newEvent(LeadIntelExtracted, 'x1', { ...reading, intel: {}, call } as never))

void t.test('a rejected reading that an operator tries again is read again, and the new result counts', async (t) => {
  const extraction = oneExtraction()
  await t.rejects(extraction.attempt('', unusable), { code: 'ENRICHMENT_ANSWER_INVALID' })
  t.same(extraction.typesOf(), ['ExtractionStarted', 'ExtractionRejected'])
  await extraction.attempt('', usable)
  t.same(extraction.typesOf(), ['ExtractionStarted', 'ExtractionRejected'], 'the same delivery finds its rejection')

  await t.rejects(extraction.attempt('retry-1', unusable))
  t.equal(extraction.typesOf().filter((type) => type === ExtractionRejected.name).length, 2)
  await extraction.attempt('retry-2', usable)
  t.same(extraction.typesOf().slice(-2), ['ExtractionStarted', 'LeadIntelExtracted'])
})

void t.test('a retry that crashed and runs again records its result once', async (t) => {
  const extraction = oneExtraction()
  await t.rejects(extraction.attempt('', unusable))
  await extraction.attempt('retry-1', usable)
  const recorded = extraction.typesOf()
  await extraction.attempt('retry-1', usable)
  t.same(extraction.typesOf(), recorded)
  await extraction.attempt('retry-2', usable)
  t.equal(extraction.typesOf().at(-1), 'ExtractionSkipped', 'read once, whoever asks')
})
