import {
  derivedId,
  isEvent,
  LeadCaptured,
  SendSms,
  SmsRequested,
  SmsThreadOpened,
  type CommandData,
  type Refusal
} from '@leadlog/contracts'
import { defineCommandHandler, type CommandContext } from '@leadlog/service'
import { isPhoneNumber } from '@leadlog/call-flow'
import { callerLead, leadRef, leadVariables } from '../caller/caller-lead.ts'
import { callerRef } from '../caller/caller.ts'
import { findCaller } from '../caller/find-caller.ts'
import type { TelephonyDeps } from '../deps.ts'
import {
  contactSuppressed,
  leadUnknown,
  notAnAnswer,
  numberInvalid,
  sendTimeImpossible,
  senderUnknown,
  smsTooLong,
  templateUnknown,
  textUnclear,
  variableMissing
} from '../errors.ts'
import { mayContact } from '../suppression/may-contact.ts'
import { openWays, suppressionOf, suppressionRef } from '../suppression/suppression.ts'
import { messageOf, messageRef } from './message.ts'
import { requestSms } from './request-sms.ts'
import { segmentsOf } from './segments.ts'
import { fillPlaceholders, missingVariable, templateOf, templateRef } from './template.ts'
import { newestNumberOf } from './thread.ts'

type Asked = CommandData<typeof SendSms>

const FURTHEST_AHEAD_MS = 30 * 86_400_000
const ANSWER_WITHIN_MS = 3_600_000

/** A message is put into the queue. That the recipient is not to be written to is said now already; it is looked again before it goes. */
export const sendSmsCommand = defineCommandHandler({
  command: SendSms,
  emits: [SmsRequested, SmsThreadOpened],
  handle: async (asked, deps: TelephonyDeps, context) => {
    const { to } = asked
    if (!isPhoneNumber(to)) return numberInvalid()
    const sendAt = sendTimeOf(asked, context.sentAt)
    if (sendAt === undefined) return sendTimeImpossible()
    const whose = await recipientOf(asked, deps, context)
    if ('refused' in whose) return whose
    const written = await textOf(asked, whose.variables, context)
    if ('refused' in written) return written
    const counted = segmentsOf(written.text)
    if (counted.tooLong) return smsTooLong(counted)
    const callerId = deps.callerId(to)
    if (asked.inReplyTo !== undefined && !(await isTheirs(asked.inReplyTo, callerId, context))) return notAnAnswer()
    const purpose = asked.inReplyTo === undefined ? purposeOf(asked) : 'answer'
    if (purpose === null) return notAnAnswer()
    const caller = callerRef(callerId)
    const from = asked.from ?? newestNumberOf((await context.load(caller)).events) ?? deps.smsNumber
    if (from === null || !isSender(from)) return senderUnknown()
    const messageId = derivedId('sms', context.commandId)
    const result = await context.transact({
      load: [caller, suppressionRef(callerId), messageRef(messageId)],
      decide: ([history, suppression, message]) => {
        if ((message?.events.length ?? 0) > 0) return []
        const verdict = mayContact({
          suppression: suppression ? suppressionOf(suppression) : openWays(callerId),
          channel: 'sms',
          purpose,
          now: new Date(context.sentAt),
          timeZones: [],
          quietHours: deps.quietHours
        })
        if (verdict.result === 'suppressed') return contactSuppressed(verdict.reason)
        return requestSms(history?.events ?? [], {
          messageId,
          callerId,
          personId: whose.personId,
          leadId: whose.leadId,
          from,
          to,
          text: written.text,
          purpose,
          sendAt,
          template: written.template,
          inReplyTo: asked.inReplyTo ?? null,
          requestedAt: context.sentAt
        })
      }
    })
    if ('refusal' in result) return result.refusal
    const { requested } = messageOf((await context.load(messageRef(messageId))).events)
    const { encoding, segments } = requested ?? counted
    const threadId = requested?.threadId ?? ''
    return { messageId, threadId, from: requested?.from ?? from, encoding, segments, sendAt }
  }
})

/** @returns undefined for what is no time, or too far ahead */
function sendTimeOf({ sendAt }: Asked, sentAt: string): string | null | undefined {
  if (sendAt === undefined) return null
  const time = Date.parse(sendAt)
  if (Number.isNaN(time) || time > Date.parse(sentAt) + FURTHEST_AHEAD_MS) return undefined
  return time <= Date.parse(sentAt) ? null : new Date(time).toISOString()
}

/** An answer has to say to what. */
function purposeOf({ purpose = 'service' }: Asked): 'marketing' | 'service' | null {
  return purpose === 'answer' ? null : purpose
}

async function recipientOf({ to, leadId }: Asked, { callerId }: TelephonyDeps, { load }: CommandContext) {
  if (leadId === undefined) return findCaller({ load, callerId }, to, to)
  const { events } = await load(leadRef(leadId))
  const captured = events.find((event) => isEvent(event, LeadCaptured))
  if (captured === undefined || !isEvent(captured, LeadCaptured)) return leadUnknown(leadId)
  return { personId: captured.data.personId, leadId, variables: leadVariables(callerLead(events)) }
}

interface Written {
  readonly text: string
  readonly template: { readonly templateId: string; readonly version: number } | null
}

async function textOf(
  { text, templateId, variables = {} }: Asked,
  ofLead: Readonly<Record<string, string>>,
  { load }: CommandContext
): Promise<Written | Refusal> {
  if ((text === undefined) === (templateId === undefined)) return textUnclear()
  if (templateId === undefined) return { text: (text ?? '').trim(), template: null }
  const template = templateOf((await load(templateRef(templateId))).events)
  if (template === null) return templateUnknown(templateId)
  const own = Object.fromEntries(Object.entries(variables).filter(([name]) => template.variables.includes(name)))
  const known = { ...ofLead, ...own }
  const missing = missingVariable(template.text, known)
  if (missing !== null) return variableMissing(missing)
  return { text: fillPlaceholders(template.text, known), template: { templateId, version: template.version } }
}

/** Whether they sent it to us within the hour. */
async function isTheirs(messageId: string, callerId: string, { load, sentAt }: CommandContext): Promise<boolean> {
  if (!/^[A-Za-z0-9_-]+$/.test(messageId)) return false
  const { received } = messageOf((await load(messageRef(messageId))).events)
  return received?.callerId === callerId && Date.parse(sentAt) - Date.parse(received.receivedAt) <= ANSWER_WITHIN_MS
}

/** A number in E.164, or a short code. */
function isSender(from: string): boolean {
  return isPhoneNumber(from) || /^\d{3,8}$/.test(from)
}
