import {
  isEvent,
  LeadCaptured,
  ObjectQueued,
  PermanentError,
  refuse,
  WriteContact,
  WriteDeal,
  WriteTask,
  type Lane,
  type ObjectKind,
  type ObjectLinks,
  type ObjectValues,
  type Refusal
} from '@leadlog/contracts'
import { isCurrency } from '@leadlog/invoicing'
import { defineCommandHandler, type CommandContext } from '@leadlog/service'
import type { CrmName } from '../crm-provider.ts'
import { isErased } from '../lead/domain-values.ts'
import { leadRef, leadStateOf } from '../lead/lead-state.ts'
import { MAPPING_INVALID } from '../mapping/mapping-problem.ts'
import type { ObjectMappingSource } from './checked-objects.ts'
import { changeIdOf, decideChange } from './decide-change.ts'
import { objectCrmValues } from './object-values.ts'
import { objectIdOf, objectRef, objectStateOf } from './object.ts'

export interface ObjectCommandDeps {
  readonly objects: ObjectMappingSource
  readonly crm: CrmName
}

interface Asked {
  readonly kind: ObjectKind
  readonly key: string
  readonly leadId: string
  readonly urgency?: 'person' | 'live' | 'bulk'
  readonly values: ObjectValues
  readonly links: ObjectLinks
}

export const writeContactCommand = defineCommandHandler({
  command: WriteContact,
  emits: [ObjectQueued],
  handle: async (data, deps: ObjectCommandDeps, context) => {
    const { key, leadId, personEmail: _sealedFor, urgency, ...given } = data
    if (typeof given.email === 'string' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(given.email)) {
      return refuse('CRM_SYNC_EMAIL_UNUSABLE', 'The e-mail address is none. Correct it, or leave it out')
    }
    const email = typeof given.email === 'string' ? { email: given.email.trim().toLowerCase() } : {}
    return change(
      { kind: 'contact', key, leadId, values: { ...given, ...email }, links: {}, ...laneAsked(urgency) },
      deps,
      context
    )
  }
})

export const writeDealCommand = defineCommandHandler({
  command: WriteDeal,
  emits: [ObjectQueued],
  handle: async (data, deps: ObjectCommandDeps, context) => {
    const { key, leadId, personEmail: _sealedFor, urgency, contact, ...values } = data
    if (typeof values.currency === 'string' && !isCurrency(values.currency)) {
      return refuse('CRM_SYNC_CURRENCY_UNKNOWN', `There is no currency ${values.currency}. Give a code of ISO 4217`)
    }
    if (isImpossible(values.closeDate)) return impossibleDay(values.closeDate)
    const links = contact === undefined ? {} : { contact }
    return change({ kind: 'deal', key, leadId, values, links, ...laneAsked(urgency) }, deps, context)
  }
})

export const writeTaskCommand = defineCommandHandler({
  command: WriteTask,
  emits: [ObjectQueued],
  handle: async (data, deps: ObjectCommandDeps, context) => {
    const { key, leadId, personEmail: _sealedFor, urgency, contact, deal, ...values } = data
    if (isImpossible(values.dueDate)) return impossibleDay(values.dueDate)
    const links = { ...(contact === undefined ? {} : { contact }), ...(deal === undefined ? {} : { deal }) }
    return change({ kind: 'task', key, leadId, values, links, ...laneAsked(urgency) }, deps, context)
  }
})

async function change(asked: Asked, { objects, crm }: ObjectCommandDeps, context: CommandContext) {
  const { kind, key, leadId, values, links } = asked
  const mapping = objects.configured(kind)
  if (mapping === null) {
    return refuse('CRM_SYNC_OBJECTS_OFF', `A ${kind} is not kept in the CRM. Add ${kind} to CRM_OBJECTS`)
  }
  const { events } = await context.load(leadRef(leadId))
  const captured = events.find((event) => isEvent(event, LeadCaptured))
  if (!captured || !isEvent(captured, LeadCaptured) || isErased(leadStateOf(events))) {
    return refuse('CRM_SYNC_LEAD_UNKNOWN', `There is no lead ${leadId}`)
  }
  const refusal = (await unknownLink(asked, crm, context)) ?? (await unknownChoice(asked, objects, context))
  if (refusal !== null) return refusal
  const objectId = objectIdOf(kind, key)
  const result = await context.transact({
    load: [objectRef(kind, key)],
    decide: ([history]) =>
      decideChange(
        {
          objectId,
          kind,
          key,
          leadId,
          personId: captured.data.personId,
          provider: crm,
          module: mapping.module,
          lane: asked.urgency ?? laneOf(context.actor),
          causeId: context.commandId,
          values,
          links
        },
        objectStateOf(history?.events ?? [], crm)
      )
  })
  return 'refusal' in result ? result.refusal : { objectId, writeId: changeIdOf(objectId, context.commandId) }
}

/** What an object hangs on must have been asked for before, and belong to the same lead. */
async function unknownLink({ links, leadId }: Asked, crm: CrmName, { load }: CommandContext): Promise<Refusal | null> {
  for (const kind of ['contact', 'deal'] as const) {
    const key = links[kind]
    if (typeof key !== 'string') continue
    const state = objectStateOf((await load(objectRef(kind, key))).events, crm)
    if (state.leadId !== leadId) {
      const code = `CRM_SYNC_${kind.toUpperCase()}_UNKNOWN`
      return refuse(code, `This lead has no ${kind} ${key}. Write the ${kind} first`)
    }
  }
  return null
}

/** Tells at once what the CRM's lists lack. A CRM that is away is no reason to refuse: the write looks again. */
async function unknownChoice(
  { kind, key, leadId, values }: Asked,
  objects: ObjectMappingSource,
  { signal }: CommandContext
): Promise<Refusal | null> {
  try {
    const current = await objects.current(kind, { lane: 'person', signal })
    const checked = objectCrmValues({ key, leadId }, values, current)
    return 'refusal' in checked ? refuse(checked.refusal.code, checked.refusal.message) : null
  } catch (error) {
    if (error instanceof PermanentError && error.code === MAPPING_INVALID) throw error
    return null
  }
}

const laneAsked = (urgency: Asked['urgency']) => (urgency === undefined ? {} : { urgency })

/** Somebody waits for what a person or a program asked for. */
function laneOf(actor: string): Lane {
  return /^(user|api-key|agent):/.test(actor) ? 'person' : 'live'
}

function isImpossible(day: string | null | undefined): day is string {
  return typeof day === 'string' && new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) !== day
}

function impossibleDay(day: string): Refusal {
  return refuse('CRM_SYNC_DAY_IMPOSSIBLE', `The calendar has no ${day}`)
}
