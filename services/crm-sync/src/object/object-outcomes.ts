import {
  derivedId,
  newEvent,
  ObjectOutcomeUnknown,
  ObjectQueued,
  ObjectRefused,
  ObjectSimulated,
  ObjectWritten
} from '@leadlog/contracts'
import type { CrmName } from '../crm-provider.ts'
import { outcomesIn } from '../write/outcomes.ts'
import type { ObjectPlan } from './plan-object.ts'

/** What follows from each outcome of an object's write. */
export const objectOutcomes = outcomesIn<ObjectPlan>({
  written: ({ of, linkedTo, digest, state }, facts) =>
    newEvent(ObjectWritten, of.objectId, {
      ...of,
      ...facts,
      linkedTo: { ...linkedTo },
      digest,
      revision: state.revision
    }),
  again({ of, lane }, causeId) {
    const writeId = derivedId('crm-object-write', of.objectId, causeId)
    return newEvent(ObjectQueued, of.objectId, { ...of, writeId, lane, causeId, values: {}, links: {} })
  },
  simulated: ({ of }, facts) => newEvent(ObjectSimulated, of.objectId, { ...of, ...facts }),
  refused: ({ of }, facts) => newEvent(ObjectRefused, of.objectId, { ...of, ...facts }),
  unknown: ({ of }, facts) => newEvent(ObjectOutcomeUnknown, of.objectId, { ...of, ...facts })
})

/** Names one write of one state: after a crash the same state is found under it, another state never is. */
export function objectEffectKey({ of, state, digest }: ObjectPlan): string {
  const name = [of.module, of.objectId, state.revision, digest.slice(0, 16)].join(':')
  return objectEffectPrefix(of.provider, of.leadId) + name
}

/**
 * Names the making of an object, in whatever state: where the CRM cannot find an object by its key, a later state must
 * know that an earlier one may have made it already.
 */
export function objectMakingKey({ of, state }: Pick<ObjectPlan, 'of' | 'state'>): string {
  return objectEffectPrefix(of.provider, of.leadId) + [of.module, of.objectId, 'made', state.deletions].join(':')
}

/** How the names of all effects of a lead's objects begin; module and object id follow. */
export function objectEffectPrefix(provider: CrmName, leadId: string): string {
  return ['object', provider, leadId, ''].join(':')
}
