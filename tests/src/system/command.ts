import { randomUUID } from 'node:crypto'
import { eventually } from '@leadlog/testing'
import type { TestSystem } from './test-system.ts'

/** Asks a service through the gateway and returns the result when it is done. @throws where it was refused or failed */
export async function command(
  system: TestSystem,
  service: string,
  name: string,
  body: object
): Promise<Record<string, unknown>> {
  const headers = {
    authorization: `Bearer ${system.environment['LEADLOG_API_KEY']}`,
    'content-type': 'application/json',
    'idempotency-key': randomUUID()
  }
  const answer = await fetch(`${system.gatewayUrl}/v1/commands/${service}/${name}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body)
  })
  const sent = (await answer.json()) as { id: string; state: string; result: Record<string, unknown> | null }
  if (!answer.ok) throw new Error(`${service} ${name} answered ${answer.status} ${JSON.stringify(sent)}`)
  if (sent.result) return sent.result
  const settled = await eventually(async () => {
    const now = (await system.read(`/v1/commands/${sent.id}`)) as typeof sent
    return now.state !== 'waiting' && now
  })
  if (settled.state !== 'done') throw new Error(`${service} ${name}: ${JSON.stringify(settled)}`)
  return settled.result ?? {}
}
