import { smsStatuses, type SmsStatus } from '@leadlog/contracts'
import { payloadInvalid } from '../errors.ts'

type Fields = Readonly<Record<string, string>>

/** Twilio sends ten at most. */
const MOST_MEDIA = 10

/** A message that came in, as Twilio tells of it. */
export interface IncomingSms {
  readonly messageSid: string
  readonly from: string
  /** Our number. */
  readonly to: string
  readonly text: string
  readonly media: { url: string; contentType: string }[]
  /** With Advanced Opt-Out. */
  readonly optOutType: string | undefined
}

export function translateSms(fields: Fields): IncomingSms {
  const count = Math.min(MOST_MEDIA, Number(fields['NumMedia'] ?? '0') || 0)
  const media = Array.from({ length: count }, (_, index) => ({
    url: fields[`MediaUrl${index}`] ?? '',
    contentType: fields[`MediaContentType${index}`] ?? ''
  }))
  return {
    messageSid: sidOf(fields),
    from: required(fields, 'From'),
    to: required(fields, 'To'),
    text: fields['Body'] ?? '',
    media: media.filter(({ url }) => url !== ''),
    optOutType: fields['OptOutType']
  }
}

/** How far a message of ours is. */
export function translateSmsStatus(fields: Fields) {
  const status = required(fields, 'MessageStatus') as SmsStatus
  if (!smsStatuses.includes(status)) throw payloadInvalid(`MessageStatus "${status}" is none that is documented`)
  const errorCode = fields['ErrorCode'] ?? ''
  return {
    messageSid: sidOf(fields),
    status,
    errorCode: /^\d{1,8}$/.test(errorCode) && errorCode !== '0' ? errorCode : null
  }
}

function sidOf(fields: Fields): string {
  const sid = required(fields, 'MessageSid')
  if (!/^[A-Za-z0-9]{1,64}$/.test(sid)) throw payloadInvalid('MessageSid is none')
  return sid
}

function required(fields: Fields, name: string): string {
  const value = fields[name]
  if (value === undefined || value === '') throw payloadInvalid(`${name} is missing`)
  return value
}
