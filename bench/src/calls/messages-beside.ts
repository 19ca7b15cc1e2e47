import { setTimeout as delay } from 'node:timers/promises'
import { giveCommand } from './gateway-command.ts'

/** At most so long for what was asked for to have left; beyond it the check says that it did not. */
const LEAVE_LIMIT_MS = 60_000
const LOOK_EVERY_MS = 500

export interface MessagesPlace {
  readonly gateway: string
  readonly apiKey: string
  readonly simulators: string
  /** One of our numbers. */
  readonly from: string
  readonly perSecond: number
}

/** What became of the messages of one window. */
export interface MessagesSent {
  readonly asked: number
  /** At the vendor, each at least once. */
  readonly sent: number
  readonly twice: number
}

/** Text messages that are asked for at even intervals until they are stopped, each to another phone. */
export function sendBeside(place: MessagesPlace, seed: number): { stop(): Promise<MessagesSent> } {
  const stopping = new AbortController()
  const commands: Promise<unknown>[] = []
  const numbers: string[] = []
  const sending = (async () => {
    const began = performance.now()
    while (!stopping.signal.aborted) {
      const to = `+1646${String(2_000_000 + seed * 10_000 + numbers.length)}`
      numbers.push(to)
      const data = { to, from: place.from, text: `Your code is ${numbers.length}`, purpose: 'service' }
      commands.push(giveCommand(place, 'telephony/SendSms', data))
      const due = began + (numbers.length * 1_000) / place.perSecond
      await delay(Math.max(0, due - performance.now()), undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  })()
  return {
    async stop() {
      stopping.abort()
      await sending
      await Promise.all(commands)
      return untilLeft(place, numbers)
    }
  }
}

async function untilLeft({ simulators }: MessagesPlace, numbers: readonly string[]): Promise<MessagesSent> {
  const deadline = performance.now() + LEAVE_LIMIT_MS
  for (;;) {
    const answer = await fetch(`${simulators}/_control/twilio/made`)
    const { messagesTo } = (await answer.json()) as { messagesTo: Readonly<Record<string, number>> }
    const found = numbers.map((number) => messagesTo[number] ?? 0)
    const sent = found.filter((count) => count > 0).length
    if (sent === numbers.length || performance.now() > deadline) {
      return { asked: numbers.length, sent, twice: found.filter((count) => count > 1).length }
    }
    await delay(LOOK_EVERY_MS)
  }
}
