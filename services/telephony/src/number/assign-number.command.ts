import { AssignNumber, isEvent, newEvent, NumberAssigned, type AggregateRef } from '@leadlog/contracts'
import { defineCommandHandler } from '@leadlog/service'
import { notPublished, numberInvalid } from '../errors.ts'
import { flowOf, flowRef } from '../flow/flow.ts'
import { isPhoneNumber } from './phone-number.ts'

/** One of our numbers; its id is the number without its plus. */
function numberRef(number: string): AggregateRef {
  return { context: 'telephony', aggregate: 'number', id: number.replace(/\D/g, '') }
}

/** Which flow a number's callers go through. */
export const assignNumberCommand = defineCommandHandler({
  command: AssignNumber,
  emits: [NumberAssigned],
  handle: async ({ number, flowId }, _deps: unknown, { transact }) => {
    if (!isPhoneNumber(number)) return numberInvalid()
    const ref = numberRef(number)
    const result = await transact({
      load: flowId === null ? [ref] : [ref, flowRef(flowId)],
      decide: ([history, flowHistory]) => {
        if (flowId !== null && flowOf(flowHistory?.events ?? []).live === null) {
          return notPublished(flowId)
        }
        const last = history?.events.at(-1)
        if (last && isEvent(last, NumberAssigned) && last.data.flowId === flowId) return []
        return [newEvent(NumberAssigned, ref.id, { number, flowId })]
      }
    })
    if ('refusal' in result) return result.refusal
    return { number, flowId }
  }
})
