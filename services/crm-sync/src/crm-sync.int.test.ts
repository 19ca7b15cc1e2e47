import {
  AttemptDeferred,
  DeadLettered,
  isEvent,
  NoteWritten,
  OutcomeUnknown,
  PersonErased,
  RecordDeleted,
  RecordWritten,
  WriteQueued,
  WriteRefused,
  WriteSimulated,
  type EventDefinition,
  type EventOf,
  type RecordedEvent
} from '@leadlog/contracts'
import { eventually } from '@leadlog/testing'
import t, { type Test } from 'tap'
import { writeRecords, writeRecordsInBulk } from './record/write-records.reactor.ts'
import { recordRef } from './record/record.ts'
import { crms, type CrmUnderTest } from './fixtures/crms.ts'
import { bookedLead, bookedMeeting, queuedWrite, readBooking, statusOf, takenNoteOf } from './fixtures/lead-story.ts'
import { handlerContext, startCrmSync, type TestCrmSync } from './fixtures/start-crm-sync.ts'

const only = <D extends EventDefinition>(events: readonly RecordedEvent[], definition: D): EventOf<D>[] =>
  events.filter((event): event is EventOf<D> => isEvent(event, definition))

const recordOf = (crm: TestCrmSync, name: string) => crm.historyOf(recordRef(`person-${name}`))

/** A booking with everything that other services make of it. */
async function book(crm: TestCrmSync, name: string, email?: string) {
  await crm.record(`booked-${name}`, bookedMeeting(name))
  await crm.record(`lead-${name}`, ...bookedLead(name, email))
  const { extraction, enriched } = readBooking(name)
  await crm.record(`read-${name}`, extraction)
  await crm.record(`enriched-${name}`, enriched)
}

/** Resolves when every queued write is covered and every queued note is written. */
async function settled(crm: TestCrmSync, name: string) {
  return eventually(async () => {
    const events = await recordOf(crm, name)
    const covered = new Set(only(events, RecordWritten).flatMap(({ data }) => data.writeIds))
    const queued = only(events, WriteQueued)
    const done = queued.length > 1 && queued.every(({ data }) => covered.has(data.writeId))
    return done && only(events, NoteWritten).length > 0 ? events : false
  })
}

/** How often each write was put off. */
async function deferrals(crm: TestCrmSync, names: readonly string[]): Promise<number[]> {
  const histories = await Promise.all(names.map((name) => recordOf(crm, name)))
  const writes = histories.flatMap((events) => only(events, WriteQueued))
  const counts = await Promise.all(
    writes.map(({ sequence }) => crm.log.getLast('ATTEMPTS', `attempts.crm-sync.write-records.EVENTS.${sequence}`))
  )
  return counts.map((count) => (count?.data as { deferred: number } | undefined)?.deferred ?? 0)
}

for (const crm of crms) void t.test(`the leads in ${crm.name}`, (t) => stories(t, crm))

async function stories(t: Test, under: CrmUnderTest): Promise<void> {
  const { name, routes } = under
  const apiName = (wanted: 'email' | 'status') =>
    under.mapping.fields.find(({ field }) => field === wanted)?.apiName ?? ''

  await t.test('a booking becomes one record and one note', async (t) => {
    const crm = await startCrmSync(t, { crm: under })
    await book(crm, 'Marco')
    const events = await settled(crm, 'Marco')
    t.equal(only(events, WriteQueued).length, 2, 'one write for the batch of the booking, one for the extraction')
    t.match(under.records(crm.state), [
      {
        email: 'marco@example.org',
        firstName: 'Marco',
        lastName: 'Ellison',
        status: 'Demo Booked',
        company: 'Ellison Freight',
        leadId: 'person-Marco'
      }
    ])
    t.match(under.notes(crm.state), [/Q: What slows you down\?[^]*Ref: LL-[0-9a-f]{8}$/])
    await crm.record('again-Marco', statusOf('Marco', 'demo-booked'))
    const after = await eventually(async () => {
      const now = await recordOf(crm, 'Marco')
      return only(now, RecordWritten).some(({ data }) => data.action === 'unchanged') && now
    })
    t.equal(only(after, NoteWritten).length, 1)
    await crm.record('note-Marco', takenNoteOf('Marco', 'They decide in January.'))
    await eventually(async () => only(await recordOf(crm, 'Marco'), NoteWritten).length === 2)
    t.match(under.notes(crm.state).join(), /They decide in January\.[^]*Ref: LL-[0-9a-f]{8}/)
  })

  await t.test('time-outs after the work leave one record and one note, and say so', async (t) => {
    const crm = await startCrmSync(t, { crm: under })
    crm.state.faults.set([
      { vendor: name, route: routes.upsert, kind: 'timeout-after', count: 1 },
      { vendor: name, route: routes.createNote, kind: 'timeout-after', count: 1 }
    ])
    await book(crm, 'Marco')
    const events = await settled(crm, 'Marco')
    t.equal(under.records(crm.state).length, 1)
    t.equal(under.notes(crm.state).length, 1)
    t.strictSame(
      only(events, OutcomeUnknown).map(({ data }) => data.kind),
      ['record', 'note']
    )
    t.match(only(events, RecordWritten)[0], { data: { action: 'reconciled' } })
    t.match(only(events, NoteWritten)[0], { data: { how: 'reconciled' } })
  })

  await t.test('calls that fail at random end in the same records and notes', async (t) => {
    const crm = await startCrmSync(t, { crm: under })
    crm.state.faults.set([{ vendor: name, kind: ['500', '503', 'reset', 'drop-after'], probability: 0.2, seed: 7 }])
    const names = ['Ada', 'Ben', 'Cleo', 'Dan', 'Eva', 'Finn', 'Gus', 'Hal']
    await Promise.all(names.map((name) => book(crm, name)))
    await Promise.all(names.map((name) => settled(crm, name)))
    t.strictSame(
      under
        .records(crm.state)
        .map(({ firstName, status, company }) => [firstName, status, company])
        .sort(),
      names.map((name) => [name, 'Demo Booked', 'Ellison Freight'])
    )
    t.equal(under.notes(crm.state).length, names.length)
    t.ok(crm.state.journal.list({ vendor: name }).some(({ fault }) => fault !== null))
  })

  await t.test('an outage longer than the retries: no dead letter, and everything is written afterwards', async (t) => {
    const crm = await startCrmSync(t, { crm: under, environment: { RETRY_DELAYS_SECONDS: '0.05,0.05' } })
    crm.state.faults.set([{ vendor: name, kind: '503' }])
    const names = ['Ada', 'Ben', 'Cleo', 'Dan']
    await Promise.all(names.map((one) => book(crm, one)))
    const waiting = await eventually(() => crm.log.getLast('DEAD_LETTERS', 'retry.crm-sync.write-records'))
    t.equal(waiting.type, AttemptDeferred.type)
    // Beyond the two repetitions, and the three crashes that are allowed.
    await eventually(async () => Math.min(...(await deferrals(crm, names))) > 6)
    crm.state.faults.set([])
    await Promise.all(names.map((one) => settled(crm, one)))
    t.equal(under.records(crm.state).length, names.length)
    t.equal(under.notes(crm.state).length, names.length)
    for (const handler of ['write-records', 'write-notes', 'queue-writes'])
      t.equal(await crm.log.getLast('DEAD_LETTERS', `dead.crm-sync.${handler}`), null, handler)
  })

  await t.test('a refused record is an event and a dead letter; when it is mended its note follows', async (t) => {
    const crm = await startCrmSync(t, { crm: under })
    await book(crm, 'Bad', 'not an address')
    const events = await eventually(async () => {
      const now = await recordOf(crm, 'Bad')
      return only(now, WriteRefused).length > 0 && now
    })
    t.match(only(events, WriteRefused)[0], { data: { kind: 'record', field: apiName('email') } })
    const dead = await eventually(() => crm.log.getLast('DEAD_LETTERS', 'dead.crm-sync.write-records'))
    t.match(dead, { type: DeadLettered.type, data: { code: 'CRM_SYNC_WRITE_REFUSED', reason: 'permanent' } })
    t.equal(under.notes(crm.state).length, 0)

    await crm.record('mended', ...bookedLead('Bad', 'bad@example.org').slice(0, 1))
    await settled(crm, 'Bad')
    t.match(under.records(crm.state), [{ email: 'bad@example.org' }])
    t.equal(under.notes(crm.state).length, 1)
  })

  await t.test('a dry run records what it would write and sends nothing', async (t) => {
    const crm = await startCrmSync(t, { crm: under, environment: { DRY_RUN: 'true' } })
    await book(crm, 'Marco')
    const simulated = await eventually(async () => {
      const now = only(await recordOf(crm, 'Marco'), WriteSimulated)
      return new Set(now.map(({ data }) => data.kind)).size === 2 && now
    })
    t.match(
      simulated.find(({ data }) => data.kind === 'record'),
      {
        data: {
          provider: name,
          values: { [apiName('email')]: 'marco@example.org', [apiName('status')]: 'Demo Booked' }
        }
      }
    )
    const note = simulated.find(({ data }) => data.kind === 'note')
    t.match(JSON.stringify(note?.data.values), /Ref: LL-/)
    const calls = crm.state.journal.list({ vendor: name }).map(({ route }) => route)
    t.strictSame([...new Set(calls)], [routes.fields])
  })

  await t.test('an unknown field of the CRM is named at the start, before any write', async (t) => {
    const { variable, name: unknown } = under.unknownField
    const environment = { [variable]: unknown, STATUS_DEMO_BOOKED: 'Booked' }
    await t.rejects(startCrmSync(t, { crm: under, environment }), {
      code: 'CRM_SYNC_MAPPING_INVALID',
      message: new RegExp(
        `${apiName('status')}: its pick list has no value "Booked"[^]*${unknown}: module .* has no field`
      )
    })
  })
}

void t.test('a live write overtakes bulk work', async (t) => {
  const crm = await startCrmSync(t, {
    environment: { CRM_RATE_PER_MINUTE: '240' },
    reactors: [writeRecords, writeRecordsInBulk]
  })
  const names = Array.from({ length: 300 }, (_, index) => `Bulk${index}`)
  await Promise.all(names.map((name) => crm.record(name, ...bookedLead(name), queuedWrite(name, 'import', 'bulk'))))
  await crm.record('live', ...bookedLead('Marco'), queuedWrite('Marco', 'webhook', 'live'))
  await eventually(() => crm.state.zoho.findBy('Leads', 'Email', 'marco@example.org'))
  t.ok(crm.state.zoho.list('Leads').length < names.length, 'bulk work still waits for the budget')
})

void t.test('a write that is delivered again beside a new one does not swallow the new one', async (t) => {
  const crm = await startCrmSync(t, { reactors: [] })
  await crm.record('lead', ...bookedLead('Marco'))
  const queue = async (cause: string) => {
    const [event] = await crm.record(`queue-${cause}`, queuedWrite('Marco', cause, 'live'))
    if (!event || !isEvent(event, WriteQueued)) throw new Error('not queued')
    return event
  }
  const write = (events: readonly RecordedEvent[], attempt: number) =>
    writeRecords.handleBatch(
      events.map((event) => ({ event, context: handlerContext(crm.log, 'write-records', event, attempt) })),
      crm.deps
    )
  const first = await queue('a')
  t.strictSame(await write([first], 1), [{ done: true }])
  await crm.record('moved', statusOf('Marco', 'demo-no-show'))
  const second = await queue('b')
  t.strictSame(await write([first, second], 2), [{ done: true }, { done: true }])
  const written = only(await recordOf(crm, 'Marco'), RecordWritten)
  t.strictSame(
    written.map(({ data }) => data.writeIds),
    [['write-Marco-a'], ['write-Marco-b']]
  )
  t.match(crm.state.zoho.list('Leads'), [{ Lead_Status: 'Demo No-show' }])
  t.strictSame(await write([first, second], 3), [{ done: true }, { done: true }])
  t.equal(only(await recordOf(crm, 'Marco'), RecordWritten).length, 2, 'running it again changes nothing')
})

const erasedPerson = (name: string) => ({
  definition: PersonErased,
  id: `person-${name}`,
  data: {
    erasureId: `erasure-${name}`,
    personId: `person-${name}`,
    leadId: `person-${name}`,
    meetingIds: [],
    crmWriteIds: [],
    callIds: [],
    callerIds: [],
    eventIds: []
  }
})

const deletionsOf = (crm: TestCrmSync, name: string) =>
  eventually(async () => {
    const events = only(await recordOf(crm, name), RecordDeleted)
    return events.length > 0 && events
  })

for (const under of crms) {
  void t.test(`the record of an erased person and its notes are deleted in ${under.name}`, async (t) => {
    const crm = await startCrmSync(t, { crm: under })
    await book(crm, 'Nora')
    await settled(crm, 'Nora')
    t.not(under.notes(crm.state).length, 0)
    // The answer gets lost after the work was done; the repetition must come out the same.
    crm.state.faults.add({ vendor: under.name, kind: 'drop-after', count: 1 })
    await crm.record('erased-Nora', erasedPerson('Nora'))
    const deletions = await deletionsOf(crm, 'Nora')
    t.equal(deletions.length, 1)
    t.match(deletions[0]?.data, { outcome: /deleted|was-gone/, erasureId: 'erasure-Nora', provider: under.name })
    t.strictSame(under.records(crm.state), [])
    t.strictSame(under.notes(crm.state), [])
  })
}

void t.test('a person without a record has none to delete', async (t) => {
  const crm = await startCrmSync(t)
  await crm.record('erased-Olaf', erasedPerson('Olaf'))
  t.match((await deletionsOf(crm, 'Olaf'))[0]?.data, { outcome: 'no-record', crmId: null })
})
