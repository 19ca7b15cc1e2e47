import { validateFlow } from '@leadlog/call-flow'
import {
  FlowDraftSaved,
  FlowPublished,
  FlowRolledBack,
  FlowValidated,
  newEvent,
  type CommandData,
  type Decider,
  type PublishFlow,
  type RollBackFlow,
  type SaveFlow
} from '@leadlog/contracts'
import { draftStale, editedMeanwhile, flowInvalid, flowUnknown, versionUnknown } from '../errors.ts'
import { evolveFlow, newFlow, type Flow } from './flow.ts'

type Deciding<Command> = Decider<Flow, Command>
const fold = { initialState: () => newFlow, evolve: evolveFlow }

/** Keeps the draft as it is given, and says at once what is wrong with it. The same draft again changes nothing. */
export const saveFlow: Deciding<CommandData<typeof SaveFlow>> = {
  ...fold,
  decide: ({ flowId, name, document, basedOnDraft }, flow) => {
    if (flow.name === name && JSON.stringify(flow.draft?.document) === JSON.stringify(document)) return []
    const newest = flow.draft?.number ?? 0
    if (basedOnDraft !== undefined && basedOnDraft !== newest) return editedMeanwhile(basedOnDraft, newest)
    const draft = newest + 1
    return [
      newEvent(FlowDraftSaved, flowId, { flowId, draft, name, document }),
      newEvent(FlowValidated, flowId, { flowId, draft, issues: [...validateFlow(document)] })
    ]
  }
}

/** Publishes the newest draft, checked by the rules of today. That it is live already is no error. */
export const publishFlow: Deciding<CommandData<typeof PublishFlow>> = {
  ...fold,
  decide: ({ flowId, draft }, flow) => {
    if (flow.draft === null) return flowUnknown(flowId)
    if (flow.draft.number !== draft) return draftStale(draft, flow.draft.number)
    if (flow.live !== null && flow.versions.get(flow.live)?.draft === draft) return []
    const issues = validateFlow(flow.draft.document)
    const [first] = issues
    if (first !== undefined) return flowInvalid(issues.length, `${first.path} ${first.message}`)
    const version = Math.max(0, ...flow.versions.keys()) + 1
    return [newEvent(FlowPublished, flowId, { flowId, version, draft, name: flow.name, document: flow.draft.document })]
  }
}

/** Goes back to what was published before. That it is live already is no error. */
export const rollBackFlow: Deciding<CommandData<typeof RollBackFlow>> = {
  ...fold,
  decide: ({ flowId, toVersion, reason }, flow) => {
    if (flow.live === null) return flow.draft === null ? flowUnknown(flowId) : versionUnknown(toVersion)
    if (!flow.versions.has(toVersion)) return versionUnknown(toVersion)
    if (flow.live === toVersion) return []
    return [newEvent(FlowRolledBack, flowId, { flowId, fromVersion: flow.live, toVersion, reason })]
  }
}
