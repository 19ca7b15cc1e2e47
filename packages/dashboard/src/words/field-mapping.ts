import { nameOf } from './names.ts'

/** Something that does not fit between the mapping and the CRM, as the gateway tells it. */
export interface MappingProblem {
  readonly kind: string
  readonly name: string
  readonly problem: string
  readonly remedy: string
}

const REMEDIES: Readonly<Record<string, string>> = {
  'unknown-field': 'Create it there, name another field here, or leave this one out.',
  'read-only': 'Make it writable for the connected user, or name another field.',
  'wrong-type': 'Name a field of a type that takes it.',
  'too-short': 'Make it longer there, or name a longer field.',
  'not-unique': 'Create it anew there with unique values.',
  'choice-missing': 'Add the value to the pick list there, or name the status as it is called there.',
  'used-twice': 'Name another field for one of the two.',
  'not-mapped': 'Make it optional there, or write a field to it.'
}

/** What is wrong, in a sentence, and what would mend it. */
export function problemWords(
  crm: string,
  { kind, name, problem, remedy }: MappingProblem
): { what: string; todo: string } {
  const what =
    kind === 'unknown-field' ? `${nameOf(crm)} has no field “${name}”.` : `In ${nameOf(crm)}, ${name}: ${problem}.`
  return { what, todo: REMEDIES[kind] ?? `${remedy}.` }
}

/** Where something stood and where it is to stand; empty: it is not written. */
export interface DraftPlace {
  readonly of: 'field' | 'status'
  readonly name: string
  readonly before: string
  readonly after: string
}

/** What of a draft is to be changed, as the command wants it. */
export function wantedChanges(
  draft: readonly DraftPlace[]
): { of: 'field' | 'status'; name: string; to: string | null }[] {
  return draft.flatMap(({ of, name, before, after }) => {
    const to = after.trim()
    return to === before ? [] : [{ of, name, to: to === '' ? null : to }]
  })
}

/** Fields that records are found or made by; the configuration alone names them. */
const FIXED = new Set(['leadId', 'email', 'lastName'])

export function isFixed(field: string): boolean {
  return FIXED.has(field)
}

/** A value as one short line. */
export function sampleWords(sample: unknown): string {
  if (sample === null || sample === undefined) return ''
  return (typeof sample === 'string' ? sample : JSON.stringify(sample)).replace(/\s+/g, ' ')
}
