import { CallRequested, PlaceCall } from '@leadlog/contracts'
import { defineCommandHandler } from '@leadlog/service'
import type { TelephonyDeps } from '../deps.ts'
import { leadUnknown, notPublished, numberInvalid } from '../errors.ts'
import { flowOf, flowRef } from '../flow/flow.ts'
import { isPhoneNumber } from '../number/phone-number.ts'
import { twilioAccess } from '../twilio/twilio-access.ts'
import { findCallee } from './callee.ts'
import { requestCall } from './decide-dial.ts'
import { dialIdOf, dialOf, dialRef } from './dial.ts'

/** Who asked for a call has something to say now; a call that comes much later surprises both. */
const PLACE_WITHIN_MS = 15 * 60_000
const RING_SECONDS = 30

/** Asks for a call; it is placed by a reactor, as all are. */
export const placeCallCommand = defineCommandHandler({
  command: PlaceCall,
  emits: [CallRequested],
  handle: async (asked, deps: TelephonyDeps, { commandId, sentAt, load, transact }) => {
    const { to, from, connect, why } = asked
    const access = twilioAccess(deps)
    if ('refused' in access) return access
    const target =
      'flowId' in connect
        ? { kind: 'flow' as const, flowId: connect.flowId }
        : { kind: 'number' as const, number: connect.number }
    const numbers = [to, from, ...(target.kind === 'number' ? [target.number] : [])]
    if (!numbers.every(isPhoneNumber)) return numberInvalid()
    if (target.kind === 'flow' && flowOf((await load(flowRef(target.flowId))).events).live === null) {
      return notPublished(target.flowId)
    }
    const callee = await findCallee({ load, callerId: deps.callerId }, to, asked.leadId)
    if (callee === null) return leadUnknown(asked.leadId ?? '')
    const dialId = dialIdOf(commandId)
    const request = {
      dialId,
      personId: callee.personId,
      leadId: callee.leadId,
      to,
      from,
      connect: target,
      purpose: asked.purpose ?? 'service',
      onMachine: asked.onMachine ?? { kind: 'talk' as const },
      ringSeconds: asked.ringSeconds ?? RING_SECONDS,
      placeBefore: asked.placeBefore ?? new Date(Date.parse(sentAt) + PLACE_WITHIN_MS).toISOString(),
      why,
      requestedAt: sentAt
    }
    await transact({
      load: [dialRef(dialId)],
      decide: ([history]) => requestCall(dialOf(history?.events ?? []), request)
    })
    return { dialId }
  }
})
