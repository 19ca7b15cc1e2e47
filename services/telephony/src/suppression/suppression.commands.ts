import {
  ContactReleased,
  ContactSuppressed,
  ReleaseContact,
  SuppressContact,
  suppressionReasons
} from '@leadlog/contracts'
import { defineCommandHandler, type CommandContext } from '@leadlog/service'
import { findCaller } from '../caller/find-caller.ts'
import type { TelephonyDeps } from '../deps.ts'
import { contactNotSuppressed, numberInvalid } from '../errors.ts'
import { isPhoneNumber } from '../number/phone-number.ts'
import { release, suppress } from './decide-suppression.ts'
import { openWays, suppressionOf, suppressionRef, type Suppression } from './suppression.ts'

const byOperator = { kind: 'operator', messageId: null, word: null } as const

/** One of us closes the ways to a number. */
export const suppressContactCommand = defineCommandHandler({
  command: SuppressContact,
  emits: [ContactSuppressed],
  handle: async ({ phone, channels, reason = 'operator', why }, deps: TelephonyDeps, context) => {
    if (!isPhoneNumber(phone)) return numberInvalid()
    const { personId, leadId } = await whose(phone, deps, context)
    const ref = suppressionRef(deps.callerId(phone))
    const order = {
      personId,
      leadId,
      kind: 'phone' as const,
      address: phone,
      channels,
      reason,
      source: byOperator,
      why,
      at: context.sentAt
    }
    await context.transact({
      load: [ref],
      decide: ([history]) => suppress(history ? suppressionOf(history) : openWays(ref.id), order)
    })
    return answer(suppressionOf(await context.load(ref)))
  }
})

/** One of us opens them again. */
export const releaseContactCommand = defineCommandHandler({
  command: ReleaseContact,
  emits: [ContactReleased],
  handle: async ({ phone, channels, reasons = [...suppressionReasons], why }, deps: TelephonyDeps, context) => {
    if (!isPhoneNumber(phone)) return numberInvalid()
    const { personId, leadId } = await whose(phone, deps, context)
    const ref = suppressionRef(deps.callerId(phone))
    const order = { personId, leadId, channels, reasons, source: byOperator, why, at: context.sentAt }
    const result = await context.transact({
      load: [ref],
      decide: ([history]) => {
        const events = release(history ? suppressionOf(history) : openWays(ref.id), order)
        return events.length === 0 ? contactNotSuppressed() : events
      }
    })
    if ('refusal' in result) return result.refusal
    return answer(suppressionOf(await context.load(ref)))
  }
})

function whose(phone: string, { callerId }: TelephonyDeps, { load }: CommandContext) {
  return findCaller({ load, callerId }, phone, phone)
}

function answer({ id, facts }: Suppression) {
  return { suppressionId: id, suppressed: facts.map(({ channel, reason }) => ({ channel, reason })) }
}
