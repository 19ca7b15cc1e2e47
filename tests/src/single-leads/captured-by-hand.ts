import { eventually } from '@leadlog/testing'
import type { Test } from 'tap'
import { crmLeads } from '../system/crm.ts'
import type { TestSystem } from '../system/test-system.ts'

const body = {
  name: 'Ada Lovelace',
  email: 'ada@engines.example',
  phone: '+1 555 0100',
  company: 'Engines',
  note: 'met at the fair',
  source: 'fair'
}

/** A lead captured by hand is in the read model, the timeline and the CRM, once. The CRM held nothing before. */
export async function capturedByHand(t: Test, system: TestSystem): Promise<void> {
  const send = async (key: string, data: object) => {
    const answer = await fetch(`${system.gatewayUrl}/v1/commands/crm/CaptureLead`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${system.environment['LEADLOG_API_KEY']}`,
        'content-type': 'application/json',
        'idempotency-key': key
      },
      body: JSON.stringify(data)
    })
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }
  const outcome = async (id: string) => (await system.read(`/v1/commands/${id}`)) as { state: string; after: number }

  const answers = await Promise.all([send('one', body), send('one', body)])
  const id = String(answers[0]?.body['id'])
  for (const answer of answers) t.equal(answer.body['id'], id, 'the same command')
  await eventually(async () => (await outcome(id)).state === 'done')
  const { after } = await outcome(id)

  const found = (await system.read(`/v1/leads?email=${body.email}&after=${after}`)) as { data: { id: string }[] }
  t.match(found.data, [{ email: body.email, name: body.name, phone: body.phone }])
  const timeline = (await system.read(`/v1/leads/${found.data[0]?.id}/timeline`)) as { data: { title: string }[] }
  t.match(
    timeline.data.find(({ title }) => title === 'Entered by hand (fair)'),
    { detail: 'Engines: met at the fair' }
  )
  await system.settled()
  t.match(await crmLeads(system), [{ email: body.email, lastName: 'Lovelace' }])

  t.match(await send('two', { ...body, email: 'nobody' }), { status: 409, body: { code: 'CRM_LEAD_EMAIL_UNUSABLE' } })
  t.match(await send('two', body), { status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } })
}
