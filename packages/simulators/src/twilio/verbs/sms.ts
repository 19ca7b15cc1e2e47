import type { CallRun, Next } from '../call-run.ts'
import { newMessage } from '../new-message.ts'
import type { TwimlElement } from '../twiml-document.ts'

/** Writes to the person at the other end, or to whom it names. */
export const sms = async (run: CallRun, { attributes, text }: TwimlElement, url: string): Promise<Next> => {
  const { call, line } = run
  const [theirs, ours] = call.direction === 'inbound' ? [call.from, call.to] : [call.to, call.from]
  const form = new URLSearchParams({ To: attributes.to ?? theirs, From: attributes.from ?? ours, Body: text })
  if (attributes.statusCallback !== undefined) {
    form.set('StatusCallback', new URL(attributes.statusCallback, url).href)
  }
  call.heard.push(`sms: ${text}`)
  const message = newMessage(form, { sid: line.store.nextSid('SM'), at: line.clock.now() })
  line.messages.send(message)
  if (attributes.action === undefined) return 'next'
  const fields = { MessageSid: message.sid, MessageStatus: 'sent', SmsSid: message.sid, SmsStatus: 'sent' }
  return run.ask(new URL(attributes.action, url).href, fields)
}
