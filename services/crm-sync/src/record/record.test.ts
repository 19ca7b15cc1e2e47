import {
  LeadCaptured,
  LeadStatusChanged,
  NoteQueued,
  PermanentError,
  RecordWritten,
  WriteQueued,
  type Actor,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import t from 'tap'
import type { CallFigures } from '../crm-provider.ts'
import { uncheckedMapping } from '../mapping/check-mapping.ts'
import { hubspotMapping } from '../mapping/hubspot-mapping.ts'
import { zohoMapping } from '../mapping/zoho-mapping.ts'
import { draftNote } from '../note/note-identity.ts'
import { appended, recorded } from '../fixtures/recorded.ts'
import { planWrite, type DeliveredWrite } from './plan-write.ts'
import { decideQueue } from './queue-writes.ts'
import { effectKeyOf, recordOutcomes, type RecordPlan } from './record-outcomes.ts'
import { recordStateOf } from './record.ts'

const lead = { leadId: 'lead-1', personId: 'lead-1' }
const target = { provider: 'zoho', module: 'Leads' } as const
const mapping = uncheckedMapping(zohoMapping)
const figures: CallFigures = { httpStatus: 200, waitedMs: 0.4, latencyMs: 12.6 }
const written = { crmId: '4150868000008120001', action: 'update' as const, batchSize: 3, ...figures }

const captured = (email = 'marco@ellison.example', sequence = 1) =>
  recorded(
    LeadCaptured,
    {
      ...lead,
      customer: { email, name: 'Marco Ellison', firstName: null, lastName: null, phone: null, timezone: null },
      origin: 'calendly',
      capturedAt: '2026-11-01T09:00:00Z'
    },
    { sequence }
  )

const status = (to: 'demo-booked' | 'demo-no-show', sequence: number) =>
  recorded(
    LeadStatusChanged,
    { ...lead, from: 'new', to, meetingId: null, decidedByFactAt: null },
    { sequence, causationid: `cause-${sequence}` }
  )

const queue = (record: readonly RecordedEvent[], cause: string, actor: Actor = 'service:crm') =>
  appended(
    record,
    decideQueue(
      recorded(LeadStatusChanged, status('demo-booked', 2).data, { causationid: cause, actor }),
      { ...lead, write: true, note: null },
      recordStateOf(record, 'zoho'),
      target,
      32_000
    )
  )

const delivered = (record: readonly RecordedEvent[], attempt = 1): DeliveredWrite[] =>
  record.flatMap((event) =>
    event.type === WriteQueued.type ? [{ data: event.data as DeliveredWrite['data'], attempt }] : []
  )

function planOf(
  record: readonly RecordedEvent[],
  leadEvents: readonly RecordedEvent[],
  writes = delivered(record)
): RecordPlan {
  const plan = planWrite(writes, record, leadEvents, mapping)
  if (plan.kind !== 'write') throw new Error(`expected a write, got ${plan.kind}`)
  return plan.plan
}

const types = (events: readonly NewEvent[]) => events.map(({ definition }) => definition.name)

void t.test('the lead events of one cause ask for one write, also when they come again', async (t) => {
  const once = queue([], 'webhook-1')
  t.equal(once.length, 1)
  t.equal(queue(once, 'webhook-1').length, 1)
  t.equal(queue(once, 'webhook-2').length, 2)
  t.match(queue([], 'command', 'user:7').at(-1), { data: { lane: 'person' } })
})

void t.test('a note is asked for once, also when it is read again', async (t) => {
  const note = draftNote({ leadId: 'lead-1', meetingId: 'm' }, 'booking', { title: 'Demo', body: 'Q: Why?' })
  const ask = (record: readonly RecordedEvent[], write: boolean) =>
    appended(
      record,
      decideQueue(status('demo-booked', 2), { ...lead, write, note }, recordStateOf(record, 'zoho'), target, 32_000)
    )
  const record = ask(ask([], false), true)
  t.strictSame(
    record.map(({ type }) => type),
    [NoteQueued.type, WriteQueued.type]
  )
  t.match(record[0], { data: { noteId: note.noteId, content: `Q: Why?\n\n${note.reference}` } })
})

void t.test('one call covers every waiting write of the record', async (t) => {
  const record = queue(queue([], 'a'), 'b')
  const [first] = delivered(record)
  const plan = planOf(record, [captured(), status('demo-booked', 2)], first ? [first] : [])
  t.equal(plan.writeIds.length, 2)
  t.match(plan.values, { Email: 'marco@ellison.example', Lead_Status: 'Demo Booked' })
  t.equal(plan.leadSequence, 2)
  const after = appended(record, recordOutcomes.written(plan, written, recordStateOf(record, 'zoho')))
  t.strictSame(recordStateOf(after, 'zoho').waiting, [])
  t.match(after.at(-1), { data: { action: 'update', waitedMs: 0, latencyMs: 13, batchSize: 3 } })
  t.equal(planWrite(delivered(after), after, [captured()], mapping).kind, 'nothing', 'delivered again: done')
})

void t.test('a state that the record holds already needs no call', async (t) => {
  const leadEvents = [captured()]
  const first = queue([], 'a')
  const record = queue(
    appended(first, recordOutcomes.written(planOf(first, leadEvents), written, recordStateOf(first, 'zoho'))),
    'b'
  )
  const again = planWrite(delivered(record), record, leadEvents, mapping)
  t.match(again, { kind: 'unchanged', crmId: written.crmId })
  if (again.kind === 'unchanged')
    t.match(recordOutcomes.unchanged(again.plan, again.crmId), [{ data: { action: 'unchanged' } }])
  t.equal(planWrite(delivered(record), record, [captured(), status('demo-no-show', 5)], mapping).kind, 'write')
})

void t.test(
  'an operator has a covered write made once more, in the newest state and under a key of its own',
  async (t) => {
    const leadEvents = [captured()]
    const queued = queue([], 'a')
    const plan = planOf(queued, leadEvents)
    const record = appended(queued, recordOutcomes.written(plan, written, recordStateOf(queued, 'zoho')))
    t.equal(planWrite(delivered(record), record, leadEvents, mapping).kind, 'nothing')
    const newest = [captured(), status('demo-no-show', 5)]
    const again = planWrite(delivered(record, 2), record, newest, mapping, 'command-1')
    t.match(again, {
      kind: 'write',
      plan: { writeIds: plan.writeIds, values: { Lead_Status: 'Demo No-show' }, leadSequence: 5 }
    })
    t.equal(
      planWrite(delivered(record), record, leadEvents, mapping, 'command-1').kind,
      'write',
      'what it holds already, too'
    )
    if (again.kind !== 'write') return
    t.match(effectKeyOf(again.plan), /:command-1$/)
    const after = appended(record, recordOutcomes.written(again.plan, written, recordStateOf(record, 'zoho')))
    t.strictSame(recordStateOf(after, 'zoho').waiting, [])
    t.equal(planWrite(delivered(record), record, [captured('[erased]')], mapping, 'command-2').kind, 'nothing')
  }
)

void t.test('after a possible crash a call is made even for a state written before', async (t) => {
  const leadEvents = [captured()]
  const first = queue([], 'a')
  const record = queue(
    appended(first, recordOutcomes.written(planOf(first, leadEvents), written, recordStateOf(first, 'zoho'))),
    'b'
  )
  t.equal(planWrite(delivered(record, 2), record, leadEvents, mapping).kind, 'write', 'delivered before')
  const third = queue(record, 'c')
  const last = delivered(third).slice(-1)
  t.equal(planWrite(last, third, leadEvents, mapping).kind, 'write', 'another write is under way or was cut short')
})

void t.test('an unknown outcome leaves the record in doubt until a call settles it', async (t) => {
  const leadEvents = [captured()]
  const first = queue([], 'a')
  const held = appended(first, recordOutcomes.written(planOf(first, leadEvents), written, recordStateOf(first, 'zoho')))
  const second = queue(held, 'b')
  const changed = planOf(second, [captured(), status('demo-no-show', 5)])
  const doubtful = appended(second, recordOutcomes.unknown(changed, effectKeyOf(changed), 'timed-out'))
  t.ok(recordStateOf(doubtful, 'zoho').inDoubt)
  const back = planWrite(delivered(doubtful), doubtful, leadEvents, mapping)
  t.equal(back.kind, 'write', 'back to the state written before the unknown one: still a call')
  const plan = planOf(doubtful, leadEvents)
  t.match(recordOutcomes.written(plan, written, recordStateOf(doubtful, 'zoho')), [{ data: { action: 'reconciled' } }])
  t.match(recordOutcomes.written(plan, { ...written, action: 'insert' }, recordStateOf(doubtful, 'zoho')), [
    { data: { action: 'insert' } }
  ])
})

void t.test('who finds that another process wrote meanwhile has the record written once more', async (t) => {
  const record = queue(queue([], 'a'), 'b')
  const ours = planOf(record, [captured()])
  const theirs = planOf(record, [captured(), status('demo-booked', 9)])
  const afterTheirs = appended(record, recordOutcomes.written(theirs, written, recordStateOf(record, 'zoho')))
  const events = recordOutcomes.written(ours, written, recordStateOf(afterTheirs, 'zoho'))
  t.strictSame(types(events), ['RecordWritten', 'WriteQueued'])
  const after = appended(afterTheirs, events)
  t.equal(recordStateOf(after, 'zoho').waiting.length, 1)
  const repair = planWrite(delivered(after).slice(-1), after, [captured(), status('demo-booked', 9)], mapping)
  t.equal(repair.kind, 'write', 'nobody knows what the record holds, so nothing is taken for unchanged')
})

void t.test('a refusal is recorded once, and a later success covers the refused write', async (t) => {
  const record = queue([], 'a')
  const plan = planOf(record, [captured()])
  const refusal = { code: 'INVALID_DATA', field: 'Phone', message: 'Phone: invalid data' }
  const refused = appended(record, recordOutcomes.refused(plan, refusal, 400, recordStateOf(record, 'zoho')))
  t.equal(refused.length, record.length + 1)
  t.strictSame(recordOutcomes.refused(plan, refusal, 400, recordStateOf(refused, 'zoho')), [])
  t.equal(recordOutcomes.refused(plan, { ...refusal, field: 'Website' }, 400, recordStateOf(refused, 'zoho')).length, 1)
  const mended = planOf(queue(refused, 'b'), [captured()])
  t.equal(mended.writeIds.length, 2)
})

void t.test('a field that vanishes from the lead is cleared in the record', async (t) => {
  const record = queue([], 'a')
  const first = appended(
    record,
    recordOutcomes.written(
      planOf(record, [captured(), status('demo-booked', 2)]),
      written,
      recordStateOf(record, 'zoho')
    )
  )
  t.match(planOf(queue(first, 'b'), [captured()]).values, { Lead_Status: null })
})

void t.test('what is left of an erased person is not written; a lead without an address cannot be', async (t) => {
  const record = queue([], 'a')
  t.equal(planWrite(delivered(record), record, [captured('[erased]')], mapping).kind, 'nothing')
  t.throws(() => planWrite(delivered(record), record, [], mapping), PermanentError)
})

void t.test('each state of the lead has its own effect key', async (t) => {
  const record = queue([], 'a')
  const key = (events: readonly RecordedEvent[]) => effectKeyOf(planOf(record, events))
  t.equal(key([captured()]), key([captured()]))
  t.not(
    key([captured(), status('demo-booked', 2), status('demo-no-show', 3), status('demo-booked', 4)]),
    key([captured(), status('demo-booked', 2)])
  )
  t.equal(RecordWritten.aggregate, 'record')
})

void t.test('another CRM starts afresh with the whole record, and asks for nothing twice', async (t) => {
  const first = queue([], 'a')
  const atZoho = appended(
    first,
    recordOutcomes.written(planOf(first, [captured()]), written, recordStateOf(first, 'zoho'))
  )
  const state = recordStateOf(atZoho, 'hubspot')
  t.match(state, { crmId: null, lastWrite: null, writtenFields: [], waiting: [] })
  t.ok(state.known.has(delivered(first)[0]?.data.writeId ?? ''))
  const record = queue(atZoho, 'b')
  const plan = planWrite(delivered(record), record, [captured()], uncheckedMapping(hubspotMapping))
  t.match(plan, {
    kind: 'write',
    plan: {
      target: { provider: 'hubspot', module: 'contacts' },
      state: { crmId: null },
      values: { email: 'marco@ellison.example' }
    }
  })
})
