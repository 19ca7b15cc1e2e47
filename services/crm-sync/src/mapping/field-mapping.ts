import { isDeepStrictEqual } from 'node:util'
import {
  FieldMappingChanged,
  FieldMappingChecked,
  FieldMappingConfigured,
  isEvent,
  newEvent,
  refuse,
  type AggregateRef,
  type FieldMapping,
  type MappingChange,
  type NewEvent,
  type RecordedEvent,
  type Refusal,
  type WantedChange
} from '@leadlog/contracts'
import type { CrmName } from '../crm-provider.ts'
import { domainFields } from './domain-field.ts'
import type { MappedField, MappingDocument } from './mapping-document.ts'
import type { FieldProblem } from './mapping-problem.ts'

/** The field mapping of a CRM as its history tells it. */
export interface FieldMappingState {
  /** 0 before the first. */
  readonly version: number
  /** In force; null before the first. */
  readonly mapping: FieldMapping | null
  /** What the configuration last amounted to. */
  readonly configured: FieldMapping | null
  readonly versions: ReadonlyMap<number, FieldMapping>
  /** What was found when the version in force was last held against the CRM; null where it was not. */
  readonly problems: readonly FieldProblem[] | null
  /** Of the newest event; 0 before the first. */
  readonly sequence: number
}

const initialFieldMapping: FieldMappingState = {
  version: 0,
  mapping: null,
  configured: null,
  versions: new Map(),
  problems: null,
  sequence: 0
}

export function mappingRef(crm: CrmName): AggregateRef {
  return { context: 'crm-sync', aggregate: 'mapping', id: crm }
}

export function fieldMappingOf(events: readonly RecordedEvent[]): FieldMappingState {
  return events.reduce(evolveFieldMapping, initialFieldMapping)
}

function evolveFieldMapping(state: FieldMappingState, event: RecordedEvent): FieldMappingState {
  const { sequence } = event
  if (isEvent(event, FieldMappingConfigured)) {
    const { version, mapping, configured } = event.data
    return { ...withVersion(state, version, mapping), configured, problems: null, sequence }
  }
  if (isEvent(event, FieldMappingChanged)) {
    const { version, mapping, checked } = event.data
    return { ...withVersion(state, version, mapping), problems: checked ? [] : null, sequence }
  }
  if (isEvent(event, FieldMappingChecked)) {
    const { version, problems } = event.data
    return version === state.version ? { ...state, problems, sequence } : { ...state, sequence }
  }
  return state
}

function withVersion(state: FieldMappingState, version: number, mapping: FieldMapping): FieldMappingState {
  return { ...state, version, mapping, versions: new Map([...state.versions, [version, mapping]]) }
}

/** Fields by which records are found or that a CRM insists on: another place for them would make everybody anew. */
const identityFields: ReadonlySet<string> = new Set(['leadId', 'email', 'lastName'])

/** As a version holds it. */
export function mappingOf({ module, fields, statuses, sources }: MappingDocument): FieldMapping {
  return { module, fields, statuses, sources }
}

/** The document that a version amounts to; what the configuration alone decides is taken from there. */
export function documentOf(mapping: FieldMapping, configured: MappingDocument): MappingDocument {
  const known = new Set<string>(domainFields)
  return {
    ...configured,
    // A field that a newer release mapped is none of this one's.
    fields: mapping.fields.filter(({ field }) => known.has(field)) as MappedField[],
    statuses: { ...configured.statuses, ...mapping.statuses }
  }
}

/**
 * What a start with this configuration makes of the mapping: nothing where it is as before. What people changed stays,
 * whatever the configuration says of it; all else follows it.
 */
export function configuredAs(configured: FieldMapping, state: FieldMappingState): FieldMapping | null {
  if (state.mapping === null || state.configured === null) return configured
  if (isDeepStrictEqual(state.configured, configured)) return null
  const [was, now] = [placesOf(state.configured), placesOf(configured)]
  const inForce = placesOf(state.mapping)
  const isOwn = (field: string) => !isDeepStrictEqual(inForce.get(field), was.get(field)) && !identityFields.has(field)
  const fields = orderOf(configured, state.mapping).flatMap((field) => (isOwn(field) ? inForce : now).get(field) ?? [])
  const { statuses: before, ...rest } = state.configured
  const statuses = Object.fromEntries(
    Object.entries(configured.statuses).map(([status, name]) => {
      const given = state.mapping?.statuses[status]
      return [status, given !== undefined && given !== before[status] ? given : name]
    })
  )
  return { ...rest, ...configured, fields, statuses }
}

/** Event of {@link configuredAs}. */
export function configuredEvent(
  crm: CrmName,
  configured: FieldMapping,
  mapping: FieldMapping,
  state: FieldMappingState
): NewEvent {
  return newEvent(FieldMappingConfigured, crm, {
    mappingId: crm,
    provider: crm,
    version: state.version + 1,
    configured,
    mapping,
    changes: changesBetween(state.mapping ?? { ...mapping, fields: [], statuses: {} }, mapping)
  })
}

/** The mapping after the changes, or why they cannot be made. `standard` says how fields are written that are off now. */
export function withChanges(
  mapping: FieldMapping,
  wanted: readonly WantedChange[],
  standard: MappingDocument
): FieldMapping | Refusal {
  const places = placesOf(mapping)
  const statuses = { ...mapping.statuses }
  for (const { of, name, to } of wanted) {
    if (of === 'status') {
      if (!(name in standard.statuses)) return unknown('status', name, Object.keys(standard.statuses))
      statuses[name] = to?.trim() ?? null
      continue
    }
    const usual = standard.fields.find(({ field }) => field === name)
    if (usual === undefined) return unknown('field', name, domainFields)
    if (identityFields.has(name)) {
      const why = `Records are found or made by ${name}. Only the configuration of the CRM sync says where it stands`
      return refuse('CRM_SYNC_FIELD_IS_IDENTITY', why)
    }
    if (to === null) places.delete(name)
    else places.set(name, { ...(places.get(name) ?? usual), apiName: to.trim() })
  }
  const fields = orderOf(mappingOf(standard), mapping).flatMap((field) => places.get(field) ?? [])
  return { ...mapping, fields, statuses }
}

/** The next version, or why there is none. */
export function decideChange(
  crm: CrmName,
  asked: {
    readonly version: number
    readonly mapping: FieldMapping
    readonly reason: string
    readonly restores: number | null
    readonly checked: boolean
  },
  state: FieldMappingState
): NewEvent[] | Refusal {
  const { mapping, reason, restores, checked } = asked
  if (asked.version !== state.version || state.mapping === null) {
    const now = `The mapping is at version ${state.version} by now. Look at it, then change that`
    return refuse('CRM_SYNC_MAPPING_VERSION', now)
  }
  const changes = changesBetween(state.mapping, mapping)
  if (changes.length === 0) return refuse('CRM_SYNC_MAPPING_SAME', `Version ${state.version} is like this already`)
  const version = state.version + 1
  const data = { mappingId: crm, provider: crm, version, mapping, changes, reason: reason.trim(), restores, checked }
  return [newEvent(FieldMappingChanged, crm, data)]
}

/** The mapping of an earlier version; what records are found by stays where it is. */
export function restored(state: FieldMappingState, to: number): FieldMapping | Refusal {
  const [earlier, now] = [state.versions.get(to), state.mapping]
  if (earlier === undefined || now === null) {
    return refuse('CRM_SYNC_MAPPING_VERSION_UNKNOWN', `There are the versions 1 to ${state.version}, and no ${to}`)
  }
  const [then, places] = [placesOf(earlier), placesOf(now)]
  const placeOf = (field: string) => (identityFields.has(field) ? places : then).get(field) ?? []
  return { ...earlier, module: now.module, fields: orderOf(earlier, now).flatMap(placeOf) }
}

/** True where the version in force is known to fit just so. */
export function isKnown(problems: readonly FieldProblem[], state: FieldMappingState): boolean {
  return state.problems !== null && isDeepStrictEqual(state.problems, problems)
}

export function checkedEvent(
  crm: CrmName,
  because: 'asked' | 'noticed',
  problems: readonly FieldProblem[],
  version: number
): NewEvent {
  const data = { mappingId: crm, provider: crm, version, because, problems: [...problems] }
  return newEvent(FieldMappingChecked, crm, data)
}

function changesBetween(before: FieldMapping, after: FieldMapping): MappingChange[] {
  const [was, is] = [placesOf(before), placesOf(after)]
  const fields = orderOf(before, after).map((name) => ({
    of: 'field' as const,
    name,
    before: was.get(name)?.apiName ?? null,
    after: is.get(name)?.apiName ?? null
  }))
  const names = new Set([...Object.keys(before.statuses), ...Object.keys(after.statuses)])
  const statuses = [...names].map((name) => ({
    of: 'status' as const,
    name,
    before: before.statuses[name] ?? null,
    after: after.statuses[name] ?? null
  }))
  return [...fields, ...statuses].filter((change) => change.before !== change.after)
}

function placesOf({ fields }: FieldMapping): Map<string, FieldMapping['fields'][number]> {
  return new Map(fields.map((place) => [place.field, place]))
}

/** The fields of both, each once, in the order in which Leadlog lists them. */
function orderOf(a: FieldMapping, b: FieldMapping): string[] {
  const named = new Set([...a.fields, ...b.fields].map(({ field }) => field))
  const known: readonly string[] = domainFields
  return [...known.filter((field) => named.has(field)), ...[...named].filter((field) => !known.includes(field))]
}

function unknown(what: string, name: string, known: readonly string[]): Refusal {
  return refuse('CRM_SYNC_FIELD_UNKNOWN', `Leadlog has no ${what} "${name}". It has ${known.join(', ')}`)
}
