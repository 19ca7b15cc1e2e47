import { randomBytes } from 'node:crypto'
import { eventRegistry, type RecordedEvent } from '@leadlog/contracts'
import { openEventLog, type EventLog } from '@leadlog/event-log'
import { openKeyring } from '@leadlog/keyring'
import { createLogger } from '@leadlog/service'
import { eventually, testNats } from '@leadlog/testing'
import t from 'tap'
import { bookedLead } from '../fixtures/booking-story.ts'
import { person } from '../fixtures/people.ts'
import { createStory } from '../fixtures/story.ts'
import { createLeadHistory } from './lead-history.ts'

void t.test('what was erased is not there at any earlier moment either', async (t) => {
  const { url, prefix } = await testNats(t)
  const logger = createLogger({ service: 'test', level: 'silent' })
  const log = await openEventLog({ servers: url, prefix, name: 'test', logger })
  const keyring = await openKeyring({ connection: log.connection, masterKey: randomBytes(32), prefix })
  log.useCipher(keyring)
  await log.ensureStreams()
  t.teardown(async () => {
    keyring.close()
    await log.close()
  })
  const ada = person('Ada', 'Lovelace')
  const story = createStory('2026-11-18T09:00:00.000Z')
  bookedLead(story, ada, { startsAt: '2026-11-20T10:00:00.000Z' })
  for (const event of story.events.filter(({ stream }) => stream === 'EVENTS')) await record(log, event)
  const moment = { sequence: await log.lastSequence('EVENTS') }

  const history = createLeadHistory(log)
  const before = await history.at(ada.personId, moment)
  t.match(before?.lead, { email: 'ada.lovelace@example.com', status: 'demo-booked', company: String })
  t.ok((await history.steps(ada.personId, moment)).length > 3, 'read by the subjects of the lead on a real server')

  await keyring.destroyKey(ada.personId)
  await eventually(async () => (await history.at(ada.personId, moment))?.lead.email === '[erased]')
  const after = await history.at(ada.personId, moment)
  t.equal(after?.lead.status, 'demo-booked', 'what is not personal stays')
  const told = JSON.stringify([after, await history.steps(ada.personId, moment)])
  for (const word of ['lovelace', 'Lovelace', 'Acme', 'slow reports']) t.notMatch(told, word)
})

async function record(log: EventLog, event: RecordedEvent): Promise<void> {
  const definition = eventRegistry.find(event.type)
  if (!definition) throw new TypeError(`${event.type} is no event`)
  await log.record({
    stream: event.stream,
    subject: `evt.${event.subject}`,
    id: event.id,
    definition,
    aggregateId: event.subject.split('.').slice(2).join('.'),
    data: event.data as never,
    actor: event.actor,
    cause: { id: event.causationid, correlationId: event.correlationid }
  })
}
