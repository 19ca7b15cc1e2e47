import {
  FlowDraftSaved,
  FlowPublished,
  FlowRolledBack,
  FlowValidated,
  PublishFlow,
  RollBackFlow,
  SaveFlow
} from '@leadlog/contracts'
import { defineCommandHandler } from '@leadlog/service'
import { publishFlow, rollBackFlow, saveFlow } from './decide-flow.ts'
import { flowOf, flowRef } from './flow.ts'

/** A draft is saved and checked. */
export const saveFlowCommand = defineCommandHandler({
  command: SaveFlow,
  emits: [FlowDraftSaved, FlowValidated],
  handle: async (data, _deps: unknown, { execute, load }) => {
    const ref = flowRef(data.flowId)
    const result = await execute({ ref, decider: saveFlow, command: data })
    if ('refusal' in result) return result.refusal
    const { draft } = flowOf((await load(ref)).events)
    return { flowId: data.flowId, draft: draft?.number ?? 1, issues: [...(draft?.issues ?? [])] }
  }
})

/** The draft that somebody looked at goes live. */
export const publishFlowCommand = defineCommandHandler({
  command: PublishFlow,
  emits: [FlowPublished],
  handle: async (data, _deps: unknown, { execute, load }) => {
    const ref = flowRef(data.flowId)
    const result = await execute({ ref, decider: publishFlow, command: data })
    if ('refusal' in result) return result.refusal
    return { flowId: data.flowId, version: flowOf((await load(ref)).events).live ?? 1 }
  }
})

/** An earlier version goes live again. */
export const rollBackFlowCommand = defineCommandHandler({
  command: RollBackFlow,
  emits: [FlowRolledBack],
  handle: async (data, _deps: unknown, { execute }) => {
    const result = await execute({ ref: flowRef(data.flowId), decider: rollBackFlow, command: data })
    if ('refusal' in result) return result.refusal
    return { flowId: data.flowId, version: data.toVersion }
  }
})
