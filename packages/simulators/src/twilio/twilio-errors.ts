import { jsonAnswer } from '../vendors.ts'
import type { VendorAnswer } from '../vendors.ts'

const messages: Readonly<Record<number, readonly [status: number, message: string]>> = {
  20001: [400, 'Invalid parameter value'],
  20003: [401, 'Authenticate'],
  20404: [404, 'The requested resource was not found'],
  20429: [429, 'Too Many Requests'],
  20500: [500, 'An internal server error has occurred'],
  20503: [503, 'Service unavailable. Please try again'],
  21201: [400, "No 'To' number is specified"],
  21205: [400, "Url parameter is required, or 'Twiml', or an ApplicationSid"],
  21211: [400, "The 'To' number is not a valid phone number"],
  21212: [400, "The 'From' number is not a valid phone number, shortcode, or alphanumeric sender ID"],
  21213: [400, "'From' phone number is required"],
  21220: [400, 'Call is not in-progress. Cannot redirect.'],
  21408: [400, 'Permission to send an SMS has not been enabled for the region indicated by the number'],
  21602: [400, 'Message body is required'],
  21603: [400, "A 'From' phone number is required"],
  21604: [400, "A 'To' phone number is required"],
  21608: [400, 'The number is unverified. Trial accounts cannot send messages to unverified numbers'],
  21609: [400, "The 'StatusCallback' URL is not a valid URL"],
  21610: [400, 'Attempt to send to unsubscribed recipient'],
  21617: [400, 'The concatenated message body exceeds the 1600 character limit']
}

const statusCodes: Readonly<Record<string, number>> = { '401': 20003, '404': 20404, '429': 20429, '503': 20503 }

/** Twilio's answer for one of its codes. */
export const twilioError = (code: number, message?: string): VendorAnswer => {
  const [status, usual] = messages[code] ?? [400, `Error ${code}`]
  return jsonAnswer(
    status,
    { code, message: message ?? usual, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
    status === 429 ? { 'twilio-concurrent-requests': '100' } : {}
  )
}

/** Twilio's answer for a status (`429`, `500`) or one of its codes (`21408`). It names no time to stay away. */
export const twilioFailure = (code: string): VendorAnswer => {
  const known = statusCodes[code]
  if (known !== undefined) return twilioError(known)
  if (!/^\d{3}$/.test(code)) return twilioError(Number(code))
  const status = Number(code)
  return jsonAnswer(status, {
    code: 20500,
    message: 'An internal server error has occurred',
    more_info: 'https://www.twilio.com/docs/errors/20500',
    status
  })
}
