import type { Test } from 'tap'
import { calendlyDelivery, readaiDelivery, sampleDay, sendDeliveries, type Delivery } from '@leadlog/simulators'
import { zohoLeads } from '../system/crm.ts'
import type { TestSystem } from '../system/test-system.ts'

/** A customer of the sample day with one booking and its transcript. */
const CUSTOMER = 'marta'

/** The customer's deliveries as those of a twin: same words, same times, another address and other ids. */
function twin(system: TestSystem, suffix: string): { booking: Delivery; transcript: Delivery } {
  const day = sampleDay({ secrets: system.secrets })
  const find = (name: string): string => day.find((delivery) => delivery.name === name)?.body ?? ''
  const asTwin = (body: string) =>
    JSON.parse(
      body
        .replaceAll(/[\w.]+@brightloom[\w.-]*/g, `twin-${suffix}@brightloom.example`)
        .replaceAll(/(invitees\/[0-9a-f-]{8})/g, `$1${suffix}`)
        .replaceAll(/"session_id":"([0-9A-Z]+)"/g, `"session_id":"$1${suffix}"`)
    ) as Parameters<typeof calendlyDelivery>[1]
  return {
    booking: calendlyDelivery(`created ${suffix}`, asTwin(find(`created ${CUSTOMER}`)), system.secrets),
    transcript: readaiDelivery(`held ${suffix}`, asTwin(find(`held ${CUSTOMER}`)), system.secrets)
  }
}

/** A transcript before its booking gives the same lead as after it. */
export async function transcriptFirst(t: Test, system: TestSystem): Promise<void> {
  const send = async (delivery: Delivery): Promise<void> => {
    const [result] = await sendDeliveries([delivery], { ingest: system.ingestUrl })
    t.match(result, { status: 200, duplicate: false }, delivery.name)
    await system.settled()
  }
  const inOrder = twin(system, 'a')
  await send(inOrder.booking)
  await send(inOrder.transcript)
  const reversed = twin(system, 'b')
  await send(reversed.transcript)
  const early = await recordOf(system, 'b')
  t.equal(early['Lead_Status'], 'Demo Complete', 'the transcript alone makes a lead')
  await send(reversed.booking)

  const [a, b] = [await recordOf(system, 'a'), await recordOf(system, 'b')]
  t.match(a['Demo_Date'], /^2026-11-18T07:30:00/, "Calendly's date")
  t.not(early['Demo_Date'], a['Demo_Date'], "the notetaker's date was another one")
  t.strictSame(comparable(b), comparable(a))
}

async function recordOf(system: TestSystem, suffix: string): Promise<Record<string, unknown>> {
  const leads = await zohoLeads(system)
  return leads.find((lead) => lead['Email'] === `twin-${suffix}@brightloom.example`) ?? {}
}

/** Without what names the record, the person's address, and the moments of writing. */
function comparable(record: Record<string, unknown>): Record<string, unknown> {
  const own = new Set([
    'id',
    'Email',
    'Leadlog_Id',
    'Created_Time',
    'Modified_Time',
    'Last_Activity_Time',
    '$approval_state'
  ])
  return Object.fromEntries(Object.entries(record).filter(([name]) => !own.has(name)))
}
