import type { VendorAnswer } from '../vendors.ts'
import { isAddress, isNumber } from './new-call.ts'
import { twilioError } from './twilio-errors.ts'
import type { SimulatedMessage } from './twilio-resources.ts'
import type { TwilioStore } from './twilio-store.ts'

const MOST_CHARACTERS = 1_600

/** What is wrong with a request to write to somebody; an opt-out among it. */
export const messageProblem = (form: URLSearchParams, store: TwilioStore): VendorAnswer | undefined => {
  const [to, from, body] = [form.get('To'), form.get('From'), form.get('Body')]
  if (to === null || to === '') return twilioError(21604)
  if (from === null || from === '') return twilioError(21603)
  if (body === null || body === '') return twilioError(21602)
  if (!isNumber(to)) return twilioError(21211, `Invalid 'To' Phone Number: ${to}`)
  if (!isNumber(from)) return twilioError(21212, `Invalid From Number (caller ID): ${from}`)
  if (body.length > MOST_CHARACTERS) return twilioError(21617)
  const callback = form.get('StatusCallback')
  if (callback !== null && !isAddress(callback)) return twilioError(21609)
  if (store.optOuts.has(to, from)) return twilioError(21610)
  return undefined
}

export const newMessage = (form: URLSearchParams, { sid, at }: { sid: string; at: Date }): SimulatedMessage => ({
  sid,
  direction: 'outbound-api',
  from: form.get('From') ?? '',
  to: form.get('To') ?? '',
  body: form.get('Body') ?? '',
  status: 'queued',
  createdAt: at.toISOString(),
  updatedAt: at.toISOString(),
  sentAt: null,
  errorCode: null,
  statusCallback: form.get('StatusCallback')
})
