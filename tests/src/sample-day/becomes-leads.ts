import type { Test } from 'tap'
import {
  allAsExpected,
  differencesFrom,
  expectedSampleDay,
  sampleDay,
  sendDeliveries,
  type CrmName
} from '@leadlog/simulators'
import { command } from '../system/command.ts'
import { crmLeads, crmSnapshot, crmTasks } from '../system/crm.ts'
import { startTestSystem, type TestSystem } from '../system/test-system.ts'

interface ReceivedEvent {
  id: string
  provider: string
  eventType: string
  status: string
  lastError: unknown
}

async function receivedEvents(system: TestSystem): Promise<ReceivedEvent[]> {
  const events: ReceivedEvent[] = []
  let cursor: string | null = null
  do {
    const page = (await system.read(`/v1/received-events?limit=200${cursor ? `&cursor=${cursor}` : ''}`)) as {
      data: ReceivedEvent[]
      nextCursor: string | null
    }
    events.push(...page.data)
    cursor = page.nextCursor
  } while (cursor)
  return events
}

/** HubSpot's smallest edition allows 100 calls in ten seconds; above its rate a call waits for the next ten. */
const rates: Record<CrmName, string> = { zoho: '6000', hubspot: '480' }

/** A system that writes to that CRM. */
export function systemWith(crm: CrmName): Promise<TestSystem> {
  return startTestSystem({
    environment: { CRM_PROVIDER: crm, CRM_OBJECTS: 'task', CRM_RATE_PER_MINUTE: rates[crm] }
  })
}

/** The sample day becomes leads in the system's CRM, and the same day again adds nothing. */
export async function becomesLeads(t: Test, system: TestSystem): Promise<void> {
  const expected = expectedSampleDay()
  const deliveries = sampleDay({ secrets: system.secrets })

  const sent = await sendDeliveries(deliveries, { ingest: system.ingestUrl })
  t.ok(allAsExpected(sent), 'every delivery is answered as expected')
  await system.settled()
  t.strictSame(differencesFrom(expected, await crmLeads(system)), [], 'the CRM holds the written-down result')

  const events = await receivedEvents(system)
  const count = (status: string) => events.filter((event) => event.status === status).length
  t.equal(
    events.length,
    deliveries.filter((one) => one.expect.status === 200 && one.expect.repeats === undefined).length,
    'one received event per key'
  )
  t.equal(
    count('ignored'),
    expected.ignored.filter(({ name }) => !deliveries.find((one) => one.name === name)?.expect.repeats).length
  )
  t.equal(count('failed'), expected.failed.length)
  t.equal(count('queued') + count('processing'), 0)

  const deadLetters = (await system.read('/v1/dead-letters')) as { data: { code: string; message: string }[] }
  t.equal(deadLetters.data.length, expected.failed.length, 'a permanent failure is a dead letter')
  for (const letter of deadLetters.data) t.match(letter.code, /^MEETINGS_/, letter.message)
  const slack = (await system.control('GET', 'slack/messages')) as { data: unknown[] }
  t.equal(slack.data.length, expected.failed.length, 'and one message to Slack')

  const before = await crmSnapshot(system)
  const again = await sendDeliveries(deliveries, { ingest: system.ingestUrl })
  t.ok(
    again.filter((result) => result.status === 200).every((result) => result.duplicate),
    'a repeat is a duplicate'
  )
  await system.settled()
  t.strictSame(await crmSnapshot(system), before, 'the CRM did not change')
  t.equal(((await system.control('GET', 'slack/messages')) as { data: unknown[] }).data.length, expected.failed.length)

  const leads = (await system.read('/v1/leads?limit=200')) as { data: { id: string; email: string }[] }
  t.equal(leads.data.length, expected.leads.length, 'every lead is in the read model')
  await aTask(system, leads.data[0], t)
  const ledger = JSON.stringify(await system.read('/v1/ledger'))
  t.notMatch(ledger, /"balanced":false/, 'the ledger is closed')
}

/** A task is there once although the CRM does its work without answering, and its lead's timeline tells of it. */
async function aTask(system: TestSystem, lead: { id: string; email: string } | undefined, t: Test): Promise<void> {
  const route = system.crm === 'zoho' ? 'POST /crm/v8/Tasks' : '/tasks/batch/upsert'
  await system.control('PUT', 'faults', [{ vendor: system.crm, route, kind: 'drop-after', count: 1 }])
  await command(system, 'crm-sync', 'WriteTask', {
    key: 'offer',
    leadId: lead?.id,
    personEmail: lead?.email,
    subject: 'Send the offer',
    dueDate: '2026-12-24'
  })
  await system.settled()
  t.strictSame(await crmTasks(system), [{ subject: 'Send the offer', about: lead?.email }])
  const writes = (await system.read('/v1/crm-writes?kind=task')) as { data: unknown[] }
  t.match(writes.data, [{ leadId: lead?.id, key: 'offer', state: 'written', action: 'reconciled' }])
  const timeline = JSON.stringify(await system.read(`/v1/leads/${lead?.id}/timeline`))
  t.match(timeline, /Task: Send the offer[^]*not started, due 2026-12-24/)
}
