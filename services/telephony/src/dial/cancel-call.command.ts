import { CallCancelRequested, CancelCall } from '@leadlog/contracts'
import { defineCommandHandler } from '@leadlog/service'
import { dialUnknown } from '../errors.ts'
import { cancelDial } from './decide-dial.ts'
import { dialOf, dialRef } from './dial.ts'

/** Takes a call back, however far it is. */
export const cancelCallCommand = defineCommandHandler({
  command: CancelCall,
  emits: [CallCancelRequested],
  handle: async ({ dialId, why }, _deps: unknown, { sentAt, load, transact }) => {
    const ref = dialRef(dialId)
    const result = await transact({
      load: [ref],
      decide: ([history]) => {
        const dial = dialOf(history?.events ?? [])
        return dial.requested === null ? dialUnknown(dialId) : cancelDial(dial, why ?? null, sentAt)
      }
    })
    if ('refusal' in result) return result.refusal
    const { placed, notPlaced } = dialOf((await load(ref)).events)
    if (placed !== null) return { dialId, state: 'placed' as const }
    return { dialId, state: notPlaced === null ? ('waiting' as const) : ('not-placed' as const) }
  }
})
