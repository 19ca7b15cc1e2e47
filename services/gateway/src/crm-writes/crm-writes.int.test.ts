import { ObjectOutcomeUnknown, ObjectRefused, OutcomeUnknown, WriteRefused, WriteSimulated } from '@leadlog/contracts'
import { projectionSpec } from '@leadlog/testing'
import t from 'tap'
import { book, bookedLead, capture } from '../fixtures/booking-story.ts'
import { queueTask, queueWrite, record, write, writeDeal } from '../fixtures/crm-story.ts'
import { person } from '../fixtures/people.ts'
import { createStory } from '../fixtures/story.ts'
import { testGateway } from '../fixtures/test-gateway.ts'
import { crmWrites } from './crm-writes.projection.ts'

const STARTS_AT = '2026-11-20T10:00:00.000Z'
const ada = person('Ada', 'Lovelace')
const bob = person('Bob', 'Babbage')

void t.test('writes and notes are shown from their queueing to the answer', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const { webhook, written, note } = bookedLead(story, ada, { startsAt: STARTS_AT })
  const [captured] = capture(story, bob, book(story, bob, { startsAt: STARTS_AT, skipReading: true }).booked)
  if (captured) queueWrite(story, bob, captured)
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  t.match((await gateway.get(`/v1/crm-writes?leadId=${ada.personId}&sort=queuedAt`)).body, {
    data: [
      {
        kind: 'record',
        state: 'written',
        action: 'insert',
        fieldNames: ['Email', 'Lead_Status'],
        values: { Lead_Status: 'Demo Booked' },
        receivedEventId: webhook.id,
        settledEventId: written?.id,
        waitedMs: 12,
        latencyMs: 80,
        error: null
      },
      { kind: 'record', state: 'written' },
      { id: note.data.noteId, kind: 'note', note: { title: 'Demo booked', content: 'Company: Acme' } }
    ]
  })
  t.match((await gateway.get('/v1/crm-writes?state=queued')).body, {
    data: [{ leadId: bob.personId, settledAt: null }]
  })
  t.match((await gateway.get('/v1/crm-writes?kind=note')).body, { data: [{ crmNoteId: '4876876000002' }] })
})

void t.test('the newest outcome stands, once the CRM has answered', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const [captured] = capture(story, ada, book(story, ada, { startsAt: STARTS_AT }).booked)
  if (!captured) throw new Error('the lead was captured')
  const queued = queueWrite(story, ada, captured)
  const about = { ...record(ada), writeIds: [queued.data.writeId], kind: 'record' as const }
  const spec = projectionSpec(crmWrites)
  const row = () => spec.given(story.events).rows.get(queued.data.writeId)
  t.match(row(), { state: 'queued', settled_at: null, queued_event_id: queued.id })
  story.emit(OutcomeUnknown, ada.personId, { ...about, effectKey: 'k', reason: 'time-out' }, queued)
  t.match(row(), { state: 'unknown', settled_at: null, unknown_reason: 'time-out' })
  const refusal = { code: 'INVALID_DATA', field: 'Company', message: 'too long', httpStatus: 202 }
  story.emit(WriteRefused, ada.personId, { ...about, ...refusal }, queued)
  t.match(row(), { state: 'refused', error_code: 'INVALID_DATA', error_field: 'Company' })
  write(story, ada, [queued])
  t.match(row(), { state: 'written', error_code: null, crm_id: '4876876000001' })
  const given = spec.given(story.events)
  given.thenEvenTwice(Object.fromEntries(given.rows))
})

void t.test('a write that DRY_RUN held back is told apart', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const [captured] = capture(story, ada, book(story, ada, { startsAt: STARTS_AT }).booked)
  if (!captured) throw new Error('the lead was captured')
  const queued = queueWrite(story, ada, captured)
  const values = { values: { Email: ada.customer.email }, fieldNames: ['Email'] }
  const about = { ...record(ada), writeIds: [queued.data.writeId], kind: 'record' as const }
  story.emit(WriteSimulated, ada.personId, { ...about, ...values }, queued)
  t.match(projectionSpec(crmWrites).given(story.events).rows.get(queued.data.writeId), {
    state: 'simulated',
    field_names: ['Email']
  })
})

void t.test('a deal is shown with its key, on the timeline and in the trace of its cause', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const { webhook } = bookedLead(story, ada, { startsAt: STARTS_AT })
  const { deal, queued, written } = writeDeal(story, ada, webhook)
  const refusal = { code: 'CRM_SYNC_STAGE_UNKNOWN', field: 'Stage', message: 'no such stage', httpStatus: null }
  story.emit(ObjectRefused, deal.objectId, { ...deal, ...refusal, writeIds: [`${queued.data.writeId}-2`] }, queued)
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  t.match((await gateway.get('/v1/crm-writes?kind=deal&sort=queuedAt')).body, {
    data: [
      {
        id: queued.data.writeId,
        leadId: ada.personId,
        kind: 'deal',
        key: 'deal-1',
        state: 'written',
        crmId: '4876876000009',
        values: { Deal_Name: 'Route planning' },
        lane: 'person',
        receivedEventId: webhook.id,
        settledEventId: written.id
      },
      { state: 'refused', error: { code: 'CRM_SYNC_STAGE_UNKNOWN', field: 'Stage' } }
    ]
  })
  const timeline = JSON.stringify((await gateway.get(`/v1/leads/${ada.personId}/timeline`)).body)
  t.match(timeline, /Deal written \(insert\)/)
  t.match(timeline, /Deal refused by zoho/)
  const trace = JSON.stringify((await gateway.get(`/v1/events/${written.id}/trace`)).body)
  t.match(trace, new RegExp(`${queued.id}[^]*zoho Deals: insert`))
  t.match((await gateway.get(`/v1/received-events/${webhook.id}`)).body, { status: 'failed' })
})

void t.test('a task is shown with its state on the timeline, change by change', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const { webhook } = bookedLead(story, ada, { startsAt: STARTS_AT })
  const asked = { subject: 'Send the offer', status: 'not-started', dueDate: '2026-11-20', priority: 'high' }
  const { task, queued } = queueTask(story, ada, webhook, asked)
  const done = queueTask(story, ada, webhook, { status: 'completed' }).queued
  queueTask(story, ada, webhook, {})
  story.emit(
    ObjectOutcomeUnknown,
    task.objectId,
    { ...task, writeIds: [queued.data.writeId], effectKey: 'k', reason: 'time-out' },
    queued
  )
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  t.match((await gateway.get('/v1/crm-writes?kind=task&sort=queuedAt')).body, {
    data: [
      { id: queued.data.writeId, key: 'task-1', state: 'unknown', unknownReason: 'time-out' },
      { id: done.data.writeId, state: 'queued' },
      { state: 'queued' }
    ]
  })
  const { data } = (await gateway.get(`/v1/leads/${ada.personId}/timeline`)).body as { data: { kind: string }[] }
  const entries = data.filter(({ kind }) => kind === 'task')
  t.equal(entries.length, 2)
  t.match(
    new Set(entries),
    new Set([
      { title: 'Task: Send the offer', detail: 'not started, due 2026-11-20, high priority' },
      { title: 'Task: task-1', detail: 'completed' }
    ])
  )
  t.match(JSON.stringify(data), /zoho gave no answer for the task; it will be looked up/)
})
