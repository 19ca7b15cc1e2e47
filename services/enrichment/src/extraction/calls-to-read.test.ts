import {
  CallAttributed,
  CallRecordingReported,
  CallTranscribed,
  LeadCaptured,
  MeddicExtracted,
  recordingIdOf,
  type AggregateRef,
  type DataOf,
  type EventDefinition,
  type EventOf,
  type RecordedEvent
} from '@leadlog/contracts'
import type { HandlerContext } from '@leadlog/service'
import t from 'tap'
import type { EnrichmentDeps } from '../deps.ts'
import { createRulesExtractor } from '../extractor/rules-extractor.ts'
import { readTranscripts } from './read-transcripts.reactor.ts'

const NUMBER = 'number-of-marco'
const customer = {
  email: 'marco@northwind.example',
  name: 'Marco Ellison',
  firstName: 'Marco',
  lastName: 'Ellison',
  timezone: null,
  phone: null
}

const rules = createRulesExtractor(() => 0)
const deps = { extractor: rules, rules, measured: { ended: () => undefined } } as unknown as EnrichmentDeps
const nameOf = ({ context, aggregate, id }: AggregateRef): string => `${context}/${aggregate}/${id}`

/** The histories of a log; what a step recorded for an event before is found again. */
function someLog() {
  const histories = new Map<string, RecordedEvent[]>()
  const steps = new Map<string, readonly RecordedEvent[]>()
  const historyOf = (ref: AggregateRef) => {
    const events = histories.get(nameOf(ref)) ?? []
    return { ref, events: [...events], sequence: events.length }
  }
  const append = <D extends EventDefinition>(definition: D, id: string, data: DataOf<D>): EventOf<D> => {
    const event = { id: `event-${String(steps.size)}`, type: definition.type, data } as unknown as EventOf<D>
    const ref = nameOf({ context: definition.context, aggregate: definition.aggregate, id })
    histories.set(ref, [...(histories.get(ref) ?? []), event])
    return event
  }
  const run = async (event: RecordedEvent, causeId: string): Promise<void> => {
    const transact: HandlerContext['transact'] = async ({ load: refs, decide, step = '' }) => {
      const name = `${causeId} ${step}`
      const before = steps.get(name)
      if (before) return { events: before, repeated: true }
      const decided = decide(refs.map(historyOf))
      if ('refused' in decided) return { refusal: decided }
      const events = decided.map(({ definition, aggregateId, data }) => append(definition, aggregateId, data))
      steps.set(name, events)
      return { events, repeated: false }
    }
    const load: HandlerContext['load'] = async (ref) => historyOf(ref)
    const context = { attemptToken: '', load, transact, signal: new AbortController().signal }
    await readTranscripts.handle(event, deps, context as unknown as HandlerContext)
  }
  const all = () => [...histories.values()].flat()
  return {
    append,
    run,
    readings: () => all().flatMap((event) => (event.type === MeddicExtracted.type ? [event.data as Reading] : [])),
    types: () => all().map(({ type }) => type)
  }
}

type Reading = DataOf<typeof MeddicExtracted>
type Log = ReturnType<typeof someLog>

const reported = ({ append }: Log, recordingSid: string) =>
  append(CallRecordingReported, 'c1', {
    callId: 'c1',
    callSid: 'CA1',
    recordingSid,
    status: 'completed',
    durationSeconds: 60,
    channels: 2,
    source: 'DialVerb',
    startedAt: null
  })

const transcribed = (
  { append }: Log,
  recordingSid: string,
  changes: Partial<DataOf<typeof CallTranscribed>> = {}
): EventOf<typeof CallTranscribed> => {
  const words = [
    ['us', 'Hello Marco, this is Dana. What made you look for something new?'],
    ['customer', 'We lose about twelve hours a week because reports are put together by hand.'],
    ['us', 'Who decides about the budget for a tool like ours?'],
    ['customer', 'Our chief financial officer signs the budget, and we also look at Salesforce.'],
    ['us', 'Then let us meet again next Tuesday with her and go through the numbers.'],
    ['customer', `Yes, please send the proposal by Friday, with ${recordingSid} on it.`]
  ] as const
  const segments = words.map(([speaker, text], index) => ({
    startMs: index * 10_000,
    endMs: index * 10_000 + 9_000,
    speaker,
    words: text
  }))
  return append(CallTranscribed, recordingIdOf(recordingSid), {
    recordingId: recordingIdOf(recordingSid),
    callId: 'c1',
    personId: NUMBER,
    leadId: null,
    direction: 'inbound',
    sales: true,
    customer: null,
    language: 'en',
    segments,
    startedAt: '2026-11-18T10:00:00.000Z',
    endedAt: '2026-11-18T10:01:00.000Z',
    contentDigest: `digest of ${recordingSid}`,
    call: { provider: 'openai', model: 'whisper-1', calls: 1, audioSeconds: 60, costMicroUsd: 1, latencyMs: 1 },
    ...changes
  })
}

const captured = ({ append }: Log, leadId = 'marco') =>
  append(LeadCaptured, leadId, {
    leadId,
    personId: leadId,
    customer,
    origin: 'calendly',
    capturedAt: '2026-11-19T10:00:00Z'
  })

const attributed = ({ append }: Log, leadId: string | null) =>
  append(CallAttributed, 'c1', { callId: 'c1', personId: NUMBER, leadId })

void t.test('a call whose lead becomes known later is read for the lead, each recording once', async (t) => {
  const log = someLog()
  reported(log, 'RE1')
  reported(log, 'RE1')
  reported(log, 'RE2')
  await log.run(transcribed(log, 'RE1'), 'transcribed-1')
  await log.run(transcribed(log, 'RE2'), 'transcribed-2')
  t.strictSame(log.readings(), [], 'nobody knows whose it is')
  captured(log)
  const attribution = attributed(log, 'marco')
  await log.run(attribution, 'attributed')
  t.match(
    log.readings().map(({ personId, meetingId, callId, observedAt }) => [personId, meetingId, callId, observedAt]),
    [
      ['marco', 'c1', 'c1', '2026-11-18T10:01:00.000Z'],
      ['marco', 'c1', 'c1', '2026-11-18T10:01:00.000Z']
    ]
  )
  t.not(log.readings()[0]?.extractionId, log.readings()[1]?.extractionId)
  t.match(log.readings()[0]?.meddic.economicBuyer, /financial officer/)
  const before = log.types()
  await log.run(attribution, 'attributed')
  t.strictSame(log.types(), before, 'the same message again records nothing')
  await log.run(attributed(log, 'marco'), 'attributed-again')
  t.equal(log.readings().length, 2, 'told again, it is not read again')
})

void t.test('it is read once, whether the transcript or the lead comes first', async (t) => {
  const log = someLog()
  reported(log, 'RE1')
  captured(log)
  const attribution = attributed(log, 'marco')
  await log.run(attribution, 'attributed')
  t.strictSame(log.readings(), [], 'nothing is written down yet')
  const transcript = transcribed(log, 'RE1')
  await Promise.all([log.run(transcript, 'transcribed'), log.run(attribution, 'attributed-elsewhere')])
  t.strictSame(
    log.readings().map(({ personId }) => personId),
    ['marco']
  )
})

void t.test('no sales call, nobody’s, of an erased lead, or without a word: nothing is read', async (t) => {
  for (const changes of [{ sales: false }, { segments: [] }]) {
    const log = someLog()
    reported(log, 'RE1')
    captured(log)
    await log.run(transcribed(log, 'RE1', changes), 'transcribed')
    await log.run(attributed(log, 'marco'), 'attributed')
    t.strictSame(log.readings(), [])
  }
  const nobody = someLog()
  reported(nobody, 'RE1')
  captured(nobody)
  attributed(nobody, 'marco')
  await nobody.run(attributed(nobody, null), 'attributed')
  await nobody.run(transcribed(nobody, 'RE1', { leadId: 'marco', customer }), 'transcribed')
  t.strictSame(nobody.readings(), [], 'the number was taken from the lead')

  const erased = someLog()
  reported(erased, 'RE1')
  transcribed(erased, 'RE1')
  const { data } = captured(erased)
  data.customer = { ...customer, email: '[erased]' }
  await erased.run(attributed(erased, 'marco'), 'attributed')
  t.strictSame(erased.readings(), [])
})

void t.test('a call of a known lead is read as it is written down', async (t) => {
  const log = someLog()
  await log.run(transcribed(log, 'RE1', { personId: 'marco', leadId: 'marco', customer }), 'transcribed')
  t.match(log.readings(), [{ personId: 'marco', callId: 'c1' }])
})
