import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'

const LIMIT_MS = 30_000
const LOOK_EVERY_MS = 50

interface CommandAnswer {
  readonly id: string
  readonly state: string
  readonly result: Readonly<Record<string, unknown>> | null
}

/** Gives a command through the gateway and waits until it is done. @throws Error with the answer where it is refused */
export async function giveCommand(
  { gateway, apiKey }: { readonly gateway: string; readonly apiKey: string },
  command: string,
  data: object
): Promise<Readonly<Record<string, unknown>>> {
  const authorization = `Bearer ${apiKey}`
  const answer = await fetch(`${gateway}/v1/commands/${command}`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify(data)
  })
  let last = (await answer.json()) as CommandAnswer
  if (!answer.ok) throw new Error(`${command} answered ${answer.status} ${JSON.stringify(last)}`)
  const deadline = performance.now() + LIMIT_MS
  while (last.result === null) {
    if (performance.now() > deadline || last.state === 'failed') {
      throw new Error(`${command} did not succeed: ${JSON.stringify(last)}`)
    }
    await delay(LOOK_EVERY_MS)
    const status = await fetch(`${gateway}/v1/commands/${last.id}`, { headers: { authorization } })
    last = (await status.json()) as CommandAnswer
  }
  return last.result
}
