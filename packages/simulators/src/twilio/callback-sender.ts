import type { FaultBook } from '../faults/fault-book.ts'
import { postToApp, ANSWER_LIMIT_MS } from './twilio-http.ts'
import type { TwilioRequest } from './twilio-http.ts'

/** Twilio's callbacks, on their way to the app. */
export interface CallbackSender {
  /** Sends in the background. `onAnswer` hears of every attempt that left. */
  send(
    url: string,
    fields: Readonly<Record<string, string>>,
    onAnswer?: (request: TwilioRequest) => void
  ): Promise<void>
  /** How many were sent, lost, repeated and held back. */
  counts(): Readonly<Record<'sent' | 'lost' | 'repeated' | 'late', number>>
  /** Resolves when none is under way. */
  settled(): Promise<void>
}

/** How long a callback is held back that is to come after its successors. */
const LATE_MS = 250

/**
 * Rules with the route `CALLBACK` (and a part of the address behind it) decide which of them are lost, repeated or late:
 * `{vendor: 'twilio', route: 'CALLBACK', kind: 'lost', probability: 0.3}`.
 */
export const createCallbackSender = (authToken: string, faults: FaultBook | undefined): CallbackSender => {
  const counts = { sent: 0, lost: 0, repeated: 0, late: 0 }
  const underWay = new Set<Promise<void>>()

  const sendNow = async (
    url: string,
    fields: Readonly<Record<string, string>>,
    onAnswer: ((request: TwilioRequest) => void) | undefined
  ): Promise<void> => {
    const fault = faults?.next({ vendor: 'twilio', route: `CALLBACK ${url}` })
    if (fault?.kind === 'lost') {
      counts.lost += 1
      return
    }
    if (fault?.kind === 'late') {
      counts.late += 1
      await new Promise((resolve) => setTimeout(resolve, fault.delayMs ?? LATE_MS))
    }
    const times = fault?.kind === 'repeated' ? 2 : 1
    if (times === 2) counts.repeated += 1
    for (let time = 0; time < times; time += 1) {
      counts.sent += 1
      const { request } = await postToApp({ authToken, url, fields, timeoutMs: ANSWER_LIMIT_MS })
      onAnswer?.(request)
    }
  }

  return {
    send: (url, fields, onAnswer) => {
      const sending = sendNow(url, fields, onAnswer).finally(() => underWay.delete(sending))
      underWay.add(sending)
      return sending
    },
    counts: () => counts,
    settled: async () => {
      while (underWay.size > 0) await Promise.all(underWay)
    }
  }
}
