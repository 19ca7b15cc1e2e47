import { RecordWritten } from '@leadlog/contracts'
import { t } from 'tap'
import { runInTest } from '../fixtures/run-in-test.ts'
import { adasDay, toldSystem } from '../fixtures/told-system.ts'

interface TraceJson {
  kind: string
  nodes: { id: string; relation: string; type: string; depth: number }[]
}

/** Ada's day, and a later call to the CRM that sends her company. */
async function tracedSystem(t: Parameters<typeof toldSystem>[0]) {
  const system = await toldSystem(t)
  const day = adasDay(system.keyring)
  const enrichedAt = day.enriched.sequence
  const withCompany = day.story.emit(
    RecordWritten,
    day.ada.personId,
    {
      ...day.written.data,
      writeIds: [day.secondWrite.data.writeId],
      action: 'update',
      values: { ...day.written.data.values, Company: 'Acme' },
      fieldNames: ['Email', 'Lead_Status', 'Company'],
      leadSequence: enrichedAt,
      waitedMs: 1500
    },
    day.secondWrite
  )
  await system.tell(day.story.events)
  return { ...day, system, withCompany }
}

void t.test('a trace goes both ways, from any id', async (t) => {
  const { system, webhook, booked, withCompany, ada, dead, broken } = await tracedSystem(t)
  await system.level()
  const trace = async (what: string): Promise<TraceJson> => {
    const run = await runInTest(['trace', what, '--json'], system)
    t.equal(run.exitCode, 0, run.stderr)
    return run.json() as TraceJson
  }
  const relation = ({ nodes }: TraceJson, id: string) => nodes.find((node) => node.id === id)?.relation

  const fromWebhook = await trace(webhook.id)
  t.equal(relation(fromWebhook, withCompany.id), 'effect')
  const fromRecord = await trace('4876876000001')
  t.equal(fromRecord.kind, 'crm-record')
  t.equal(relation(fromRecord, withCompany.id), 'self', 'the newest write of the record')
  t.equal(relation(fromRecord, webhook.id), 'cause')
  t.equal(relation(await trace(booked.id), booked.id), 'self')
  for (const person of [ada.customer.email, ada.personId]) {
    const whole = await trace(person)
    t.ok(whole.nodes.some(({ id }) => id === webhook.id) && whole.nodes.some(({ id }) => id === withCompany.id))
    t.notOk(
      whole.nodes.some(({ id }) => id === dead.id),
      'nothing of others'
    )
  }
  t.equal(relation(await trace(broken.data.idempotencyKey), dead.id), 'effect')
  t.equal((await runInTest(['trace', 'nothing'], system)).exitCode, 3)
})

void t.test('the tree shows who did what and when, without personal data', async (t) => {
  const { system, webhook } = await tracedSystem(t)
  await system.level()
  const run = await runInTest(['trace', webhook.id], system)
  t.match(run.stdout, /\+0 ms {2}ingest {9}▶ WebhookReceived {2}calendly sent invitee.created/)
  t.match(
    run.stdout,
    /crm-sync .*└─ RecordWritten {2}zoho Leads: update of 3 fields in record 4876876000001: HTTP 201, .*waited 1.5 s for the rate limit/
  )
  t.match(run.stdout, /enrichment .*LeadIntelExtracted {2}Booking read by/)
  t.notMatch(run.stdout, /lovelace/i)
})

void t.test('a field of the CRM is traced to the words it was read from, in the log alone', async (t) => {
  const { system, withCompany, enriched, extracted, webhook } = await tracedSystem(t)
  const environment = { ...system.environment, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }
  const run = await runInTest(['trace', '4876876000001', '--field', 'company', '--json'], { environment })
  t.equal(run.exitCode, 0, run.stderr)
  t.match(run.json(), {
    apiName: 'Company',
    value: '[redacted]',
    evidence: '[redacted]',
    written: { id: withCompany.id, data: { waitedMs: 1500, values: '[redacted]' } },
    decided: { id: enriched.id },
    confirmed: 0
  })
  const { causes } = run.json() as { causes: { id: string }[] }
  t.same([causes[0]?.id, causes.at(-1)?.id], [extracted.id, webhook.id])
  t.notMatch(run.stdout, /acme/i)

  const revealed = await runInTest(['trace', webhook.id, '--field', 'Company', '--reveal'], { environment })
  t.match(revealed.stdout, 'Company of lead')
  t.match(revealed.stdout, 'is "Acme"')
  t.match(revealed.stdout, 'evidence: “Acme”')
  t.match(revealed.stdout, /rate limit\s+waited 1.5 s/)

  const status = await runInTest(['trace', '4876876000001', '--field', 'lead status', '--json'], { environment })
  t.match(status.json(), { apiName: 'Lead_Status', confirmed: 1 }, 'the call that first sent it')
  const never = await runInTest(['trace', '4876876000001', '--field', 'Shoe_Size'], { environment })
  t.equal(never.exitCode, 3)
  t.match(never.stderr, /written were: Company, Email, Lead_Status/)
})

void t.test('a record of HubSpot is traced by the names of HubSpot, whatever CRM was in use before', async (t) => {
  const { system, story, ada, written, secondWrite, enriched } = await tracedSystem(t)
  const inHubspot = story.emit(
    RecordWritten,
    ada.personId,
    {
      ...written.data,
      provider: 'hubspot',
      module: 'contacts',
      crmId: '301',
      writeIds: [secondWrite.data.writeId],
      action: 'insert',
      values: { email: ada.customer.email, company: 'Acme' },
      fieldNames: ['email', 'company'],
      leadSequence: enriched.sequence
    },
    secondWrite
  )
  await system.tell([inHubspot])
  const trace = await runInTest(['trace', ada.personId, '--field', 'Company', '--json'], system)
  t.equal(trace.exitCode, 0, trace.stderr)
  t.match(trace.json(), {
    apiName: 'company',
    field: 'company',
    crmId: '301',
    written: { id: inHubspot.id },
    decided: { id: enriched.id }
  })
  const renamed = { ...system.environment, HCF_COMPANY: 'firm', ZCF_COMPANY: 'Firm' }
  const other = await runInTest(['trace', ada.personId, '--field', 'firm'], { environment: renamed })
  t.equal(other.exitCode, 3, 'the variables of HubSpot count')
  t.match(other.stderr, /never written with a field "firm"/)
})
