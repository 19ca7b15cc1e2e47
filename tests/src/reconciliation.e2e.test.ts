import t from 'tap'
import { command } from './system/command.ts'
import { crmSnapshot } from './system/crm.ts'
import { dayThatIsOver, daySent, sendDay } from './system/sample-day.ts'
import { startTestSystem, type TestSystem } from './system/test-system.ts'

const DAY_MS = 86_400_000
const baseDate = dayThatIsOver()
const window = { from: new Date(Date.parse(baseDate) - 5 * DAY_MS).toISOString(), to: new Date().toISOString() }

interface Found {
  complete: boolean
  listed: number
  known: number
  ingested: number
  failed: number
}

async function reconcile(system: TestSystem): Promise<{ calendly: Found; readai: Found }> {
  const run = async (source: string) =>
    (await command(system, 'ingest', 'Reconcile', { source, ...window })) as unknown as Found
  return { calendly: await run('calendly'), readai: await run('readai') }
}

/** What must not grow: leads, meetings, and the calls that write to the CRM. */
async function grown(system: TestSystem): Promise<unknown> {
  const [leads, meetings, counts] = await Promise.all([
    system.read('/v1/leads?limit=200'),
    system.read('/v1/meetings?limit=200'),
    system.control('GET', 'counts')
  ])
  const ids = (list: unknown) => (list as { data: { id: string }[] }).data.map(({ id }) => id).sort()
  return { leads: ids(leads), meetings: ids(meetings), writes: (counts as { zohoWrites: unknown }).zohoWrites }
}

void t.test('lost webhooks are pulled: the CRM ends as if none had been lost', async (t) => {
  const undisturbed = await startTestSystem()
  t.teardown(() => undisturbed.stop())
  await sendDay(undisturbed, baseDate)
  await daySent(undisturbed)
  await undisturbed.settled()
  const whole = await crmSnapshot(undisturbed)
  const before = await grown(undisturbed)

  for (const time of ['once', 'twice']) {
    const complete = await reconcile(undisturbed)
    t.match(complete, { calendly: { complete: true, ingested: 0 }, readai: { complete: true, ingested: 0 } }, time)
    t.ok(complete.calendly.known > 30 && complete.readai.known > 15)
  }
  await undisturbed.settled()
  t.strictSame(await crmSnapshot(undisturbed), whole, 'pulling a complete day changes nothing in the CRM')
  t.strictSame(await grown(undisturbed), before, 'no lead, no meeting, no write more')
  await undisturbed.stop()

  const lossy = await startTestSystem()
  t.teardown(() => lossy.stop())
  await sendDay(lossy, baseDate, { drop: 0.4, reorder: true, seed: 'lost' })
  const during = await reconcile(lossy)
  await daySent(lossy)
  const after = await reconcile(lossy)
  t.ok(during.calendly.ingested + during.readai.ingested + after.calendly.ingested + after.readai.ingested > 10)
  await lossy.settled()
  t.strictSame(await crmSnapshot(lossy), whole, 'the CRM holds what it would hold had nothing been lost')
  t.match(await reconcile(lossy), { calendly: { ingested: 0, failed: 0 }, readai: { ingested: 0, failed: 0 } })

  const ledger = (await lossy.read('/v1/ledger')) as {
    balanced: boolean
    totals: { pulled: number }
    sources: { provider: string; reconciledAt: string | null }[]
  }
  t.equal(ledger.balanced, true)
  t.ok(ledger.totals.pulled > 10)
  t.strictSame(
    ledger.sources.map(({ provider, reconciledAt }) => [provider, reconciledAt !== null]),
    [
      ['calendly', true],
      ['readai', true]
    ]
  )
})
