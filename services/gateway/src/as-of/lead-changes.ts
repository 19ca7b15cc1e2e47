import type { RecordedEvent } from '@leadlog/contracts'
import { isDeepStrictEqual } from 'node:util'
import type { LeadDetail } from '../leads/lead.schema.ts'
import type { LeadStep } from './lead-history.ts'

/** One field that differs, with the event that gave it the value it has at the later moment. */
export interface FieldChange {
  readonly field: string
  readonly before: unknown
  readonly after: unknown
  readonly event: RecordedEvent | null
}

/** Fields whose own fields are compared one by one. */
const NESTED = new Set(['demo', 'crm'])

/**
 * What differs between two states of a lead, field by field and in the order of the answer; nested ones as `demo.startsAt`,
 * `crm.state`, `fields.company`. Of what an extraction read the value is compared, not where it comes from.
 *
 * @param steps every event up to the later moment with what it made of the lead
 */
export function changesBetween(
  before: LeadDetail | null,
  after: LeadDetail,
  steps: readonly LeadStep[]
): FieldChange[] {
  const left = fieldsOf(before)
  const right = fieldsOf(after)
  const names = [...right.keys(), ...[...left.keys()].filter((name) => !right.has(name))]
  const differing = names.filter((name) => !isDeepStrictEqual(left.get(name) ?? null, right.get(name) ?? null))
  const changedBy = new Map<string, RecordedEvent>()
  let previous = fieldsOf(null)
  for (const { event, lead } of steps) {
    const current = fieldsOf(lead)
    for (const name of differing) {
      if (!isDeepStrictEqual(previous.get(name) ?? null, current.get(name) ?? null)) changedBy.set(name, event)
    }
    previous = current
  }
  return differing.map((field) => ({
    field,
    before: left.get(field) ?? null,
    after: right.get(field) ?? null,
    event: changedBy.get(field) ?? null
  }))
}

function fieldsOf(lead: LeadDetail | null): Map<string, unknown> {
  const entries = Object.entries(lead ?? {}).flatMap(([name, value]): [string, unknown][] => {
    if (name === 'fields') {
      return Object.entries(value as LeadDetail['fields']).map(([field, read]) => [`fields.${field}`, read.value])
    }
    if (NESTED.has(name)) return Object.entries(value ?? {}).map(([part, own]) => [`${name}.${part}`, own])
    return [[name, value]]
  })
  return new Map(entries)
}
