import { isEvent, NumberAssigned, type FlowDocument } from '@leadlog/contracts'
import { followLog, type FollowParts } from '@leadlog/service'
import { evolveFlow, newFlow, type Flow } from './flow.ts'

/** The published flows and whose numbers they answer, in memory: a caller does not wait for a database. */
export interface FlowBook {
  /** The flow and version that a call to this number goes through; null where it has none. */
  answering(number: string): { readonly flowId: string; readonly version: number } | null
  /** The version of a flow that new calls go through; null where none is published. */
  live(flowId: string): { readonly flowId: string; readonly version: number } | null
  /** @returns undefined for a version that this process has not read */
  document(flowId: string, version: number): FlowDocument | undefined
  stop(): Promise<void>
}

/** Reads all flows from the log, then follows it. Resolves once everything that is published is known. */
export async function openFlowBook(parts: FollowParts): Promise<FlowBook> {
  const flows = new Map<string, Flow>()
  const numbers = new Map<string, string | null>()
  const following = followLog(parts, {
    name: 'flows',
    subjects: ['evt.telephony.flow.>', 'evt.telephony.number.>'],
    from: () => 1,
    take(event) {
      if (isEvent(event, NumberAssigned)) numbers.set(event.data.number, event.data.flowId)
      else {
        const id = event.subject.split('.').at(-1) ?? ''
        flows.set(id, evolveFlow(flows.get(id) ?? newFlow, event))
      }
    }
  })
  await following.level
  const live = (flowId: string): { flowId: string; version: number } | null => {
    const version = flows.get(flowId)?.live ?? null
    return version === null ? null : { flowId, version }
  }
  return {
    answering(number) {
      const flowId = numbers.get(number)
      return typeof flowId === 'string' ? live(flowId) : null
    },
    live,
    document: (flowId, version) => flows.get(flowId)?.versions.get(version)?.document,
    stop: () => following.stop()
  }
}
