import type { SimulatorClock } from '../clock.ts'
import type { Settings } from '../settings.ts'
import type { Phone } from './call-script.ts'
import type { CallbackSender } from './callback-sender.ts'
import { ANSWER_LIMIT_MS, postToApp } from './twilio-http.ts'
import { segmentsOf } from './twilio-resources.ts'
import type { SimulatedMessage } from './twilio-resources.ts'
import type { TwilioStore } from './twilio-store.ts'
import { parseTwiml } from './twiml-document.ts'

/** What somebody writes to one of the account's numbers. */
export interface InboundMessage {
  from: string
  to: string
  body: string
  /** Where the number sends its messages to. */
  url?: string | undefined
}

/** Messages on their way. */
export interface MessageLine {
  /** Sends a message as fast as its number may. */
  send(message: SimulatedMessage): void
  /** Somebody writes. Resolves with what the app answered. */
  receive(message: InboundMessage): Promise<{ sid: string; status: number | null; body: string }>
  clear(): void
}

interface Surroundings {
  accountSid: string
  authToken: string
  clock: SimulatorClock
  settings: Settings
  store: TwilioStore
  callbacks: CallbackSender
  phone: (number: string) => Phone | undefined
}

const STOP_WORDS = ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT']
const START_WORDS = ['START', 'YES', 'UNSTOP']
const HELP_WORDS = ['HELP', 'INFO']
const UNREACHABLE = 30003
const OPTED_OUT = 21610

const optOutType = (body: string): 'STOP' | 'START' | 'HELP' | undefined => {
  const word = body.trim().toUpperCase()
  if (STOP_WORDS.includes(word)) return 'STOP'
  if (START_WORDS.includes(word)) return 'START'
  return HELP_WORDS.includes(word) ? 'HELP' : undefined
}

const replies = {
  STOP: 'You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.',
  START:
    'You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe.',
  HELP: 'Reply STOP to unsubscribe. Msg&Data Rates May Apply.'
}

export const createMessageLine = (around: Surroundings, stopping: AbortSignal): MessageLine => {
  const { accountSid, authToken, clock, settings, store, callbacks, phone } = around
  /** When each number may send next, by the machine's clock. */
  const freeAt = new Map<string, number>()
  const timers = new Set<NodeJS.Timeout>()
  const after = (milliseconds: number, work: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      work()
    }, milliseconds)
    timers.add(timer)
  }
  const stop = (): void => {
    for (const timer of timers) clearTimeout(timer)
    timers.clear()
    freeAt.clear()
  }
  stopping.addEventListener('abort', stop, { once: true })

  const report = (message: SimulatedMessage, status: string): void => {
    const now = clock.now()
    message.status = status
    message.updatedAt = now.toISOString()
    if (status === 'sent') message.sentAt = message.updatedAt
    store.messages.save(message)
    if (message.statusCallback === null) return
    const done = status === 'delivered' || status === 'undelivered'
    void callbacks.send(message.statusCallback, {
      AccountSid: accountSid,
      ApiVersion: '2010-04-01',
      From: message.from,
      To: message.to,
      MessageSid: message.sid,
      SmsSid: message.sid,
      MessageStatus: status,
      SmsStatus: status,
      ...(message.errorCode === null ? {} : { ErrorCode: String(message.errorCode) }),
      ...(done ? { RawDlrDoneDate: now.toISOString().slice(2, 16).replace(/\D/g, '') } : {})
    })
  }

  const deliver = (message: SimulatedMessage): void => {
    if (message.status !== 'queued') return
    if (store.optOuts.has(message.to, message.from)) {
      message.errorCode = OPTED_OUT
      return report(message, 'failed')
    }
    const { sms = 'delivered', smsErrorCode = UNREACHABLE } = phone(message.to) ?? {}
    if (sms === 'failed') {
      message.errorCode = smsErrorCode
      return report(message, 'failed')
    }
    report(message, 'sent')
    if (sms === 'sent') return
    after(settings.twilioDeliveryMs, () => {
      if (sms === 'undelivered') message.errorCode = smsErrorCode
      report(message, sms)
    })
  }

  const send = (message: SimulatedMessage): void => {
    report(message, 'queued')
    const now = performance.now()
    const slot = Math.max(now, freeAt.get(message.from) ?? 0)
    // Each part of a long text takes a place in the number's queue.
    freeAt.set(message.from, slot + (1_000 / settings.twilioMessagesPerSecond) * segmentsOf(message.body))
    after(slot - now, () => deliver(message))
  }

  const reply = (from: string, to: string, body: string): void => {
    const at = clock.now().toISOString()
    store.messages.save({
      sid: store.nextSid('SM'),
      direction: 'outbound-reply',
      from,
      to,
      body,
      status: 'delivered',
      createdAt: at,
      updatedAt: at,
      sentAt: at,
      errorCode: null,
      statusCallback: null
    })
  }

  return {
    send,
    async receive({ from, to, body, url }) {
      const at = clock.now().toISOString()
      const sid = store.nextSid('SM')
      const message: SimulatedMessage = {
        sid,
        direction: 'inbound',
        from,
        to,
        body,
        status: 'received',
        createdAt: at,
        updatedAt: at,
        sentAt: at,
        errorCode: null,
        statusCallback: null
      }
      store.messages.save(message)
      const optOut = optOutType(body)
      if (optOut === 'STOP' || optOut === 'START') store.optOuts.set(from, to, optOut === 'STOP')
      if (optOut !== undefined) reply(to, from, replies[optOut])
      if (url === undefined) return { sid, status: null, body: '' }
      const fields = {
        SmsMessageSid: sid,
        SmsSid: sid,
        MessageSid: sid,
        AccountSid: accountSid,
        ApiVersion: '2010-04-01',
        From: from,
        To: to,
        Body: body,
        NumMedia: '0',
        NumSegments: String(segmentsOf(body)),
        SmsStatus: 'received',
        ...(optOut !== undefined && settings.twilioAdvancedOptOut ? { OptOutType: optOut } : {})
      }
      const answer = await postToApp({ authToken, url, fields, timeoutMs: ANSWER_LIMIT_MS })
      const document = answer.request.errorCode === null ? parseTwiml(answer.body) : 'no answer'
      if (typeof document !== 'string' && !store.optOuts.has(from, to)) {
        for (const verb of document.children) if (verb.name === 'Message') reply(to, from, verb.text)
      }
      return { sid, status: answer.request.status, body: answer.body }
    },
    clear: stop
  }
}
