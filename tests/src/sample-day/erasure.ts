import path from 'node:path'
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { Test } from 'tap'
import { runInTest } from '@leadlog/cli/harness'
import { isGenuine, type Certificate } from '@leadlog/erasure'
import { openEventLog } from '@leadlog/event-log'
import { gatewayProjections } from '@leadlog/gateway/read-models'
import { openKeyring, parseMasterKey } from '@leadlog/keyring'
import { compareTables, rebuildProjection } from '@leadlog/projections'
import { createLogger } from '@leadlog/service'
import { calendlyDelivery, sampleDay, sendDeliveries, type Delivery } from '@leadlog/simulators'
import { somebodyCalled, STRANGERS } from '../dashboard/phone-line.ts'
import { command } from '../system/command.ts'
import { crmLeads } from '../system/crm.ts'
import { filesHolding } from '../system/search-files.ts'
import type { TestSystem } from '../system/test-system.ts'
import { callsAndWrites, contactOf, stillTold } from './contact.ts'

interface Lead {
  readonly id: string
  readonly email: string
  readonly name: string | null
  readonly phone: string | null
  readonly company: string | null
}

/** What a byte search can tell from everything else. */
function identifying(lead: Lead): string[] {
  return [lead.email, lead.name, lead.phone, lead.phone?.replace(/\D/g, '') ?? null, lead.company].filter(
    (text) => text !== null && text.length > 5
  ) as string[]
}

/** Another booking of the same person, made at that time. */
function bookedAgain(
  system: TestSystem,
  deliveries: readonly Delivery[],
  email: string,
  suffix: string,
  at?: Date
): Delivery {
  const own = deliveries.find(({ body }) => body.includes('invitee.created') && body.includes(email))
  if (!own) throw new Error(`the sample day has no booking of ${email}`)
  const body = own.body
    .replaceAll(/(invitees\/[0-9a-f-]{8})/g, `$1${suffix}`)
    .replaceAll(/(scheduled_events\/[0-9a-f-]{8})/g, `$1${suffix}`)
    .replaceAll(/"created_at":"[^"]+"/g, (found) => (at ? `"created_at":"${at.toISOString()}"` : found))
  return calendlyDelivery(`again ${suffix}`, JSON.parse(body) as Parameters<typeof calendlyDelivery>[1], system.secrets)
}

/** An invoice to the person that was sent. */
async function billed(system: TestSystem, { id, email, name, company }: Lead): Promise<string> {
  const customer = { name: name ?? email, email, ...(company === null ? {} : { company }) }
  const lines = [{ description: `Workshop for ${name ?? email}`, quantity: '1', unitPrice: 49_900, taxRate: '10' }]
  const saved = await command(system, 'billing', 'SaveInvoice', { leadId: id, customer, currency: 'USD', lines })
  const invoiceId = String(saved['invoiceId'])
  await command(system, 'billing', 'SendInvoice', { invoiceId, mail: false })
  return invoiceId
}

async function leadsOf(system: TestSystem): Promise<Lead[]> {
  return ((await system.read('/v1/leads?limit=200')) as { data: Lead[] }).data
}

/**
 * A person is erased, and a byte search of every file finds nothing of them but all of another. It halts the system.
 */
export async function erasure(t: Test, system: TestSystem): Promise<void> {
  const deliveries = sampleDay({ secrets: system.secrets })
  const leads = await leadsOf(system)
  const only = (lead: Lead) => leads.filter(({ company }) => company === lead.company).length === 1
  const told = leads.filter((lead) => identifying(lead).length >= 3 && only(lead))
  const person = told.find(({ phone }) => phone !== null)
  const [other, returning] = told.filter((lead) => lead !== person)
  if (!person?.phone || !other || !returning) throw new Error('the sample day has no two people to tell apart')
  const inFiles = (folder: string, lead: Lead) => filesHolding(path.join(system.folder, folder), identifying(lead))

  await somebodyCalled(system)
  const strangers = await contactOf(system, STRANGERS)
  const persons = await callsAndWrites(system, `+${person.phone.replace(/\D/g, '')}`)
  const invoiceId = await billed(system, person)
  await system.settled()
  t.equal((await stillTold(system, strangers)).length, strangers.lists.length + strangers.answers.length)
  t.equal((await stillTold(system, persons)).length, persons.lists.length + persons.answers.length)

  const pool = new pg.Pool({ connectionString: system.environment['DATABASE_URL'], max: 6 })
  t.teardown(() => pool.end().catch(() => undefined))
  await pool.query('checkpoint')
  t.not(inFiles('postgres', person).length, 0, 'before, the search finds the person in the files of Postgres')
  t.equal((await crmLeads(system)).filter(({ email }) => email === person.email).length, 1)

  const environment = system.environment
  const dry = await runInTest(['erase', person.email, '--json'], { environment })
  t.match(dry.json(), { dryRun: true, keyState: 'active', calls: 1, rowsByTable: { 'gateway.leads': 1 } })
  t.match(await leadsOf(system), leads, 'a dry run changes nothing')

  const file = path.join(system.folder, 'certificate.json')
  const args = ['erase', person.email, '--reason', 'request 4711', '--certificate', file, '--json', '--yes']
  const erased = await runInTest(args, { environment })
  t.equal(erased.exitCode, 0, erased.printed)
  const { certificate } = erased.json() as { certificate: Certificate }
  t.match(certificate.findings, {
    keyDestroyed: true,
    crm: { outcome: 'deleted' },
    recordings: { found: 1, deleted: 1 },
    eventsByType: { 'telephony.CallReceived.v1': 1, 'telephony.SmsReceived.v1': 1 },
    rowsByTable: {
      'gateway.leads': 1,
      'gateway.calls': 1,
      'gateway.sms_messages': 1,
      'gateway.sms_threads': 1,
      'gateway.invoices': 1
    }
  })
  t.match(
    await system.read(`/v1/invoices/${invoiceId}`),
    { number: /^INV-/, total: 54_890, customer: null, leadId: null, lines: [{ text: '', total: 54_890 }] },
    'their invoice keeps its place in the series and its amounts'
  )
  t.same(await stillTold(system, persons), [], 'nothing of their call, its recording and their message is told')
  t.strictSame(
    certificate.findings.searches.filter(({ found }) => found > 0),
    []
  )
  t.ok(certificate.findings.searches.every(({ looked }) => looked >= 0) && certificate.findings.searches.length > 10)
  t.strictSame(
    certificate.findings.postgres.filter(({ done }) => !done),
    []
  )

  const byNumber = ['erase', STRANGERS, '--certificate', file, '--json', '--yes']
  const called = (await runInTest(byNumber, { environment })).json() as { certificate: Certificate }
  t.match(called.certificate.findings, {
    keyDestroyed: true,
    crm: { outcome: 'no-record' },
    eventsByType: { 'telephony.CallReceived.v1': 1 },
    rowsByTable: { 'gateway.calls': 1 }
  })
  t.strictSame(
    called.certificate.findings.searches.filter(({ found }) => found > 0),
    []
  )
  t.same(await stillTold(system, strangers), [], 'a caller who is no lead is erased by their number')

  const crm = await crmLeads(system)
  t.equal(crm.filter(({ email }) => email === person.email).length, 0, 'the CRM record is deleted')
  t.notMatch(JSON.stringify(crm), person.email)
  t.equal(crm.length, leads.length - 1)

  const sentAgain = await sendDeliveries(deliveries, { ingest: system.ingestUrl })
  t.ok(
    sentAgain.filter(({ status }) => status === 200).every(({ duplicate }) => duplicate),
    'an erased webhook that comes again is a duplicate'
  )
  await system.settled()
  t.equal((await leadsOf(system)).length, leads.length - 1)

  const late = bookedAgain(system, deliveries, person.email, 'a')
  t.match(await sendDeliveries([late], { ingest: system.ingestUrl }), [{ status: 200, duplicate: false }])
  await system.settled()
  t.equal((await leadsOf(system)).length, leads.length - 1, 'a late word of the time before brings nobody back')
  t.match(await system.read('/v1/received-events?limit=1'), { data: [{ status: 'ignored' }] })

  await runInTest(['erase', returning.id, '--certificate', file, '--json', '--yes'], { environment })
  t.equal((await leadsOf(system)).length, leads.length - 2, 'erased by the id of the lead')
  const anew = bookedAgain(system, deliveries, returning.email, 'b', new Date(Date.now() + 3_600_000))
  t.match(await sendDeliveries([anew], { ingest: system.ingestUrl }), [{ status: 200, duplicate: false }])
  await system.settled()
  const back = (await leadsOf(system)).find(({ id }) => id === returning.id)
  t.equal(back?.email, returning.email, 'who books anew after the erasure is a new contact')
  t.equal((await crmLeads(system)).filter(({ email }) => email === returning.email).length, 1)

  const logger = createLogger({ service: 'test', level: 'silent' })
  const log = await openEventLog({ servers: environment['NATS_URL'] ?? '', name: 'test', logger })
  const keyring = await openKeyring({
    connection: log.connection,
    masterKey: parseMasterKey(environment['LEADLOG_MASTER_KEY'] ?? '')
  })
  log.useCipher(keyring)
  t.ok(isGenuine(keyring, certificate))
  t.notOk(isGenuine(keyring, { ...certificate, completedAt: '2020-01-01T00:00:00.000Z' }))
  for (const projection of gatewayProjections) {
    await rebuildProjection({ projection, source: log, pool, logger })
    const comparison = await compareTables({ projection, source: log, pool, logger })
    t.strictSame(
      { name: projection.name, samples: comparison.samples },
      { name: projection.name, samples: [] },
      'a fresh rebuild gives what the purged table holds'
    )
  }
  keyring.close()
  await log.close()
  await pool.end()

  await system.halt()
  for (const folder of ['nats', 'postgres', 'logs']) t.strictSame(inFiles(folder, person), [], `nothing in ${folder}`)
  t.not(inFiles('postgres', other).length, 0, 'the same search finds the other person')
  t.not(
    filesHolding(path.join(system.folder, 'nats'), ['privacy.PersonErased.v2']).length,
    0,
    'and what the log holds in plain text'
  )
  t.strictSame(filesHolding(system.folder, [`${randomBytes(8).toString('hex')}@example.com`]), [])
}
