import {
  ContactReleased,
  ContactSuppressed,
  isEvent,
  SmsNotSent,
  SmsReceived,
  SmsRequested,
  type ContactChannel,
  type RecordedEvent
} from '@leadlog/contracts'
import type { TimelineEntry } from './timeline-entry.ts'

const WAYS: Readonly<Record<ContactChannel, string>> = { sms: 'text messages', call: 'calls', email: 'e-mail' }

/** What a timeline says of text messages, and of who is not to be contacted. */
export function smsEntry(event: RecordedEvent): TimelineEntry | null {
  if (isEvent(event, SmsReceived)) {
    const { text, media, receivedAt } = event.data
    const pictures = media.length === 0 ? null : `${media.length} ${media.length === 1 ? 'file' : 'files'}`
    const detail = [text, pictures].filter((part) => part !== null && part !== '').join(' · ')
    return entry('Text message from them', detail, receivedAt, 'twilio')
  }
  if (isEvent(event, SmsRequested)) {
    const { text, sendAt, requestedAt } = event.data
    return entry(sendAt === null ? 'Text message to them' : `Text message to them for ${sendAt}`, text, requestedAt)
  }
  if (isEvent(event, SmsNotSent)) return entry('Text message not sent', event.data.detail, event.data.at)
  if (isEvent(event, ContactSuppressed)) {
    const { channels, reason, why, at } = event.data
    return entry(`No ${waysOf(channels)} any more`, [reason.replaceAll('-', ' '), why].filter(Boolean).join(': '), at)
  }
  if (isEvent(event, ContactReleased)) {
    const { channels, reason, why, at } = event.data
    return entry(
      `Not closed any more: ${waysOf(channels)}`,
      [reason.replaceAll('-', ' '), why].filter(Boolean).join(': '),
      at
    )
  }
  return null
}

function waysOf(channels: readonly ContactChannel[]): string {
  return channels.map((channel) => WAYS[channel]).join(' and ')
}

function entry(title: string, detail: string, at: string, source = 'telephony'): TimelineEntry {
  return { kind: 'sms', title, detail: detail === '' ? null : detail, at, source }
}
