import type { VendorAnswer } from '../vendors.ts'
import { twilioError } from './twilio-errors.ts'
import type { SimulatedCall } from './twilio-resources.ts'

/** Numbers as the API takes them: E.164. */
export const isNumber = (text: string): boolean => /^\+[1-9]\d{6,14}$/.test(text)

export const isAddress = (text: string): boolean => /^https?:\/\//.test(text) && URL.canParse(text)

export const DEFAULT_RING_SECONDS = 60

/** An address in a form. */
export const addressIn = (form: URLSearchParams, name: string): string | null => form.get(name) ?? null

/** What is wrong with a request to call somebody. */
export const callProblem = (form: URLSearchParams): VendorAnswer | undefined => {
  const [to, from] = [form.get('To'), form.get('From')]
  if (to === null || to === '') return twilioError(21201)
  if (from === null || from === '') return twilioError(21213)
  if (!isNumber(to)) return twilioError(21211, `The phone number you are attempting to call, ${to}, is not valid.`)
  if (!isNumber(from)) return twilioError(21212, `The source phone number provided, ${from}, is not valid.`)
  const url = form.get('Url')
  if (form.get('Twiml') === null && (url === null || !isAddress(url))) return twilioError(21205)
  const callback = form.get('StatusCallback')
  if (callback !== null && !isAddress(callback)) return twilioError(21609)
  return undefined
}

/** The call that a form asks for. */
export const newCall = (
  form: URLSearchParams,
  made: Pick<SimulatedCall, 'sid' | 'direction' | 'parentCallSid'> & { at: Date }
): SimulatedCall => {
  const { sid, direction, parentCallSid } = made
  const at = made.at.toISOString()
  const events = form.getAll('StatusCallbackEvent').flatMap((value) => value.split(' '))
  return {
    sid,
    parentCallSid,
    direction,
    from: form.get('From') ?? '',
    to: form.get('To') ?? '',
    status: 'queued',
    createdAt: at,
    updatedAt: at,
    startedAt: null,
    endedAt: null,
    seconds: null,
    queueTimeMs: 0,
    answeredBy: null,
    url: addressIn(form, 'Url'),
    twiml: form.get('Twiml'),
    fallbackUrl: addressIn(form, 'FallbackUrl'),
    timeoutSeconds: Number(form.get('Timeout') ?? DEFAULT_RING_SECONDS),
    statusCallback: addressIn(form, 'StatusCallback'),
    statusCallbackEvents: events.length === 0 ? ['completed'] : events,
    sequence: 0,
    record: form.get('Record') === 'true',
    recordingStatusCallback: addressIn(form, 'RecordingStatusCallback'),
    machineDetection: form.get('MachineDetection'),
    asyncAmdStatusCallback: form.get('AsyncAmd') === 'true' ? addressIn(form, 'AsyncAmdStatusCallback') : null,
    heard: [],
    said: [],
    problems: [],
    endedBy: null
  }
}
