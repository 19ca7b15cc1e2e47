import { TransientError, type DataOf, type Lane, type ObjectKind, type ObjectQueued } from '@leadlog/contracts'
import type { CrmValues, LinkedTo } from '../crm-provider.ts'
import { valuesDigest } from '../mapping/crm-values.ts'
import type { PlannedWrite } from '../write/outcomes.ts'
import type { Refusal } from '../write/refusal.ts'
import { isFirstTry, laneOfAll, openOf, type Delivered } from '../write/waiting.ts'
import type { CheckedObjects } from './checked-objects.ts'
import { objectCrmValues } from './object-values.ts'
import type { ObjectState } from './object.ts'

/** A queued change as it was delivered. */
export type DeliveredChange = Delivered<DataOf<typeof ObjectQueued>>

/** What is to be written of an object, and why. Its writes are the changes that waited when the object was read. */
export interface ObjectPlan extends PlannedWrite {
  readonly of: Pick<
    DataOf<typeof ObjectQueued>,
    'objectId' | 'kind' | 'key' | 'leadId' | 'personId' | 'provider' | 'module'
  >
  /** The first delivered change that still waits: what follows is recorded as caused by it. */
  readonly causedBy: string
  readonly lane: Lane
  readonly state: ObjectState
  readonly linkedTo: LinkedTo
  /** Of values and links. */
  readonly digest: string
}

export type PlannedObject =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unchanged'; readonly plan: ObjectPlan; readonly crmId: string }
  | { readonly kind: 'refused'; readonly plan: ObjectPlan; readonly refusal: Refusal }
  | { readonly kind: 'write'; readonly plan: ObjectPlan }

/** What the object hangs on, as far as it is known. */
export interface Surroundings {
  /** The objects that its links name. */
  readonly linked: Readonly<Partial<Record<'contact' | 'deal', ObjectState>>>
  /** CRM id of the lead's own record; null where there is none yet. */
  readonly leadCrmId: string | null
  /** The CRM did not take the lead's record. */
  readonly leadRefused: boolean
  /** Nothing is sent, so what it hangs on never gets an id. */
  readonly dryRun: boolean
}

/** An object that waits for what it hangs on looks again so soon, in milliseconds. */
const SOON_MS = 500
/** What it hangs on was refused: a person has to mend that first. */
const LATER_MS = 30_000

/**
 * What has to be done for the changes of one object: one write of its newest state covers them all.
 *
 * @throws TransientError CRM_SYNC_LINK_WAITS while what it hangs on is not in the CRM; it uses up no attempt
 */
export function planObject(
  delivered: readonly DeliveredChange[],
  state: ObjectState,
  surroundings: Surroundings,
  current: CheckedObjects
): PlannedObject {
  const open = openOf(delivered, state.waiting)
  const [first] = open
  if (first === undefined) return { kind: 'nothing' }
  const { objectId, kind, key, leadId, personId, provider } = first.data
  const linkedTo = linksOf(first.data, state, surroundings)
  const formatted = objectCrmValues({ key, leadId }, state.values, current)
  const values = 'refusal' in formatted ? {} : formatted.values
  const plan: ObjectPlan = {
    of: { objectId, kind, key, leadId, personId, provider, module: current.mapping.module },
    writeIds: state.waiting.map(({ writeId }) => writeId),
    causedBy: first.data.writeId,
    lane: laneOfAll(open),
    state,
    values,
    linkedTo,
    digest: valuesDigest({ ...values, ...prefixed(linkedTo) })
  }
  if ('refusal' in formatted) return { kind: 'refused', plan, refusal: formatted.refusal }
  const holdsIt = state.crmId !== null && state.lastDigest === plan.digest
  return holdsIt && isFirstTry(open, state.waiting)
    ? { kind: 'unchanged', plan, crmId: state.crmId }
    : { kind: 'write', plan }
}

function linksOf(
  { kind, leadId }: DataOf<typeof ObjectQueued>,
  { links }: ObjectState,
  { linked, leadCrmId, leadRefused, dryRun }: Surroundings
): LinkedTo {
  const found: Partial<Record<'contact' | 'deal' | 'lead', string>> = leadCrmId === null ? {} : { lead: leadCrmId }
  for (const what of ['contact', 'deal'] as const) {
    const key = links[what]
    if (typeof key !== 'string') continue
    const state = linked[what]
    if (state?.crmId) found[what] = state.crmId
    else if (!dryRun) throw linkWaits(kind, `${what} ${key}`, state !== undefined && state.lastRefusal !== null)
  }
  // A task about nothing is of no use; a contact or a deal stands for itself.
  const aboutTheLead = kind === 'task' && found.contact === undefined && found.deal === undefined
  if (aboutTheLead && leadCrmId === null && !dryRun) throw linkWaits(kind, `lead ${leadId}`, leadRefused)
  return found
}

function linkWaits(kind: ObjectKind, what: string, refused: boolean): TransientError {
  return new TransientError(
    'CRM_SYNC_LINK_WAITS',
    refused
      ? `The ${kind} waits for the ${what}, which was refused. Mend that first`
      : `The ${kind} waits until the ${what} is in the CRM`,
    { countsAsAttempt: false, retryAfterMs: refused ? LATER_MS : SOON_MS }
  )
}

function prefixed(linkedTo: LinkedTo): CrmValues {
  return Object.fromEntries(Object.entries(linkedTo).map(([what, id]) => [`link:${what}`, id]))
}
