import {
  FlagSwitched,
  isEvent,
  NoteWritten,
  RecordWritten,
  replayMessage,
  WriteQueued,
  type EventDefinition,
  type EventOf,
  type RecordedEvent
} from '@leadlog/contracts'
import { handlerAttention } from '@leadlog/event-log'
import { eventually } from '@leadlog/testing'
import t from 'tap'
import { crms } from './fixtures/crms.ts'
import { bookedLead, bookedMeeting, readBooking, statusOf } from './fixtures/lead-story.ts'
import { startCrmSync, type TestCrmSync } from './fixtures/start-crm-sync.ts'
import { recordRef } from './record/record.ts'

/** Many times as long as a queued write takes to the simulated CRM. */
const A_WHILE_MS = 1_000

const passes = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const only = <D extends EventDefinition>(events: readonly RecordedEvent[], definition: D): EventOf<D>[] =>
  events.filter((event): event is EventOf<D> => isEvent(event, definition))

const recordOf = (crm: TestCrmSync, name: string) => crm.historyOf(recordRef(`person-${name}`))

async function turn(crm: TestCrmSync, from: 'on' | 'off', to: 'on' | 'off') {
  const data = { flag: 'crm-writes' as const, from, to, reason: 'The CRM is being moved' }
  await crm.record(`switched-${to}-${String(Math.random())}`, { definition: FlagSwitched, id: data.flag, data })
}

async function book(crm: TestCrmSync, name: string) {
  await crm.record(`booked-${name}`, bookedMeeting(name))
  await crm.record(`lead-${name}`, ...bookedLead(name))
  const { extraction, enriched } = readBooking(name)
  await crm.record(`read-${name}`, extraction)
  await crm.record(`enriched-${name}`, enriched)
}

/** Looks in a row that must agree: between two requests of a process nobody asks for messages either. */
const LOOKS = 4

/** Resolves when no process asks for what is to be written any more. */
async function nobodyWrites(crm: TestCrmSync) {
  let agreed = 0
  await eventually(async () => {
    const handlers = await handlerAttention(crm.log, ['crm-sync'])
    const writing = handlers.filter(({ handler }) => handler.startsWith('write-'))
    agreed = writing.length > 0 && writing.every(({ attended }) => !attended) ? agreed + 1 : 0
    return agreed === LOOKS
  })
}

const queued = (crm: TestCrmSync, name: string, count: number) =>
  eventually(async () => {
    const writes = only(await recordOf(crm, name), WriteQueued)
    return writes.length === count && writes
  })

for (const under of crms) {
  void t.test(`writing to ${under.name} is switched off and on again while everything runs`, async (t) => {
    const crm = await startCrmSync(t, { crm: under })
    await crm.startProcess()
    await turn(crm, 'on', 'off')
    await nobodyWrites(crm)

    await book(crm, 'Marco')
    const [first] = await queued(crm, 'Marco', 2)
    await passes(A_WHILE_MS)
    t.same(under.records(crm.state), [], 'neither process writes')
    const again = { handler: 'write-records', stream: 'EVENTS', sequence: first?.sequence ?? 0, repeatEffects: [] }
    t.match(
      await crm.command(replayMessage('crm-sync'), 'around-it', again),
      { outcome: 'refused', code: 'OPS_SWITCHED_OFF' },
      'nor is there a way around it'
    )

    for (const running of crm.processes) await running.stop()
    await Promise.all([crm.startProcess(), crm.startProcess()])
    await crm.record('held-Marco', statusOf('Marco', 'demo-complete'))
    await book(crm, 'Ada')
    const writes = await queued(crm, 'Marco', 3)
    await queued(crm, 'Ada', 2)
    await passes(A_WHILE_MS)
    t.same(under.records(crm.state), [], 'what starts while it is off does not write')

    await turn(crm, 'off', 'on')
    const told = await eventually(async () => {
      const all = await Promise.all(['Marco', 'Ada'].map((name) => recordOf(crm, name)))
      const isDone = (events: readonly RecordedEvent[]) => {
        const covered = new Set(only(events, RecordWritten).flatMap(({ data }) => data.writeIds))
        const waits = only(events, WriteQueued).some(({ data }) => !covered.has(data.writeId))
        return !waits && only(events, NoteWritten).length > 0
      }
      return all.every(isDone) && all
    })
    const [marco = []] = told
    t.same(
      only(marco, RecordWritten).flatMap(({ data }) => data.writeIds),
      writes.map(({ data }) => data.writeId),
      'each write once, in the order in which they were queued'
    )
    t.same(
      under
        .records(crm.state)
        .map(({ firstName, status }) => [firstName, status])
        .sort(),
      [
        ['Ada', 'Demo Booked'],
        ['Marco', 'Demo Complete']
      ],
      'one record each, in the newest state'
    )
    t.equal(under.notes(crm.state).length, 2)
    for (const handler of ['write-records', 'write-notes'])
      for (const kind of ['dead', 'retry'])
        t.equal(await crm.log.getLast('DEAD_LETTERS', `${kind}.crm-sync.${handler}`), null, `${kind}: ${handler}`)
  })
}
