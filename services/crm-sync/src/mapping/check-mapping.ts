import type { CrmField, FieldKind } from '../crm-provider.ts'
import { mostAlike } from './alike.ts'
import type { MappedField, MappingDocument, ValueFormat } from './mapping-document.ts'
import type { FieldProblem } from './mapping-problem.ts'
import { variableOf } from './mapping-variables.ts'

/** A mapping with what the CRM's metadata adds to it. */
export interface CheckedMapping {
  readonly document: MappingDocument
  /** Longest text by API name. */
  readonly lengths: ReadonlyMap<string, number>
  /** Mapped fields that the CRM insists on. */
  readonly compulsory: ReadonlySet<string>
  /** Of the mapping; null for one that is only tried out. */
  readonly version: number | null
}

const texts: readonly FieldKind[] = ['text', 'long-text']

/** The kinds of CRM fields that take each format. */
const acceptedKinds: Record<ValueFormat, readonly FieldKind[]> = {
  text: [...texts, 'choice'],
  prose: texts,
  lines: texts,
  datetime: ['date-time'],
  instant: ['date-time'],
  day: ['date'],
  html: texts,
  number: ['number'],
  email: ['email', 'text'],
  phone: ['phone', 'text'],
  url: ['url', ...texts],
  choice: ['choice', 'strict-choice', 'text'],
  id: ['text'],
  user: ['user']
}

/**
 * The shortest field that is worth writing: values that must not be cut need their whole length (a UUID, a status, an
 * address), texts that may be cut need room for more than their first words.
 */
const shortest: Partial<Record<ValueFormat, number>> = {
  text: 20,
  prose: 100,
  lines: 100,
  email: 64,
  phone: 20,
  url: 200,
  choice: 20,
  id: 36
}

/**
 * Holds a mapping against the CRM's fields. Everything that would be refused, lost or stored as something else is
 * reported by name.
 */
export function checkMapping(
  document: MappingDocument,
  fields: readonly CrmField[],
  version: number | null = null
): { mapping: CheckedMapping; problems: FieldProblem[] } {
  const known = new Map(fields.map((field) => [field.apiName, field]))
  const problems = [
    ...document.fields.flatMap((mapped) => problemsOf(mapped, known, document)),
    ...usedTwice(document),
    ...unmapped(document, fields)
  ]
  return { mapping: checked(document, known, version), problems }
}

/** The mapping as it stands, for a dry run without an account whose metadata could be read. */
export function uncheckedMapping(document: MappingDocument, version: number | null = null): CheckedMapping {
  return checked(document, new Map(), version)
}

/** Leadlog's fields of the mapping, on or off, that could be written to a field of the CRM. */
export function fieldsThatFit(field: CrmField, mapped: readonly MappedField[]): string[] {
  return mapped.filter(({ format }) => takes(field, format)).map((one) => one.field)
}

function checked(
  document: MappingDocument,
  known: ReadonlyMap<string, CrmField>,
  version: number | null
): CheckedMapping {
  const lengthOf = ({ apiName, maxLength }: MappedField) =>
    Math.min(maxLength, known.get(apiName)?.maxLength ?? maxLength)
  return {
    document,
    version,
    lengths: new Map(document.fields.map((mapped) => [mapped.apiName, lengthOf(mapped)])),
    compulsory: new Set(document.fields.flatMap(({ apiName }) => (known.get(apiName)?.compulsory ? [apiName] : [])))
  }
}

function problemsOf(
  mapped: MappedField,
  known: ReadonlyMap<string, CrmField>,
  document: MappingDocument
): FieldProblem[] {
  const field = known.get(mapped.apiName)
  const variable = variableOf(mapped.field, document.provider)
  const problems = fieldProblems({ ...mapped, module: document.module, variable }, field)
  if (problems.length === 0) return field === undefined ? [] : missingChoices(mapped, field, document)
  const taken = new Set(document.fields.map(({ apiName }) => apiName))
  const free = [...known.values()].filter((one) => takes(one, mapped.format) && !taken.has(one.apiName))
  const suggestions = mostAlike(
    [mapped.apiName, mapped.field],
    free.map(({ apiName }) => apiName)
  )
  return problems.map((problem) => ({ ...problem, suggestions }))
}

/** Whether values of the format could be written to the CRM's field. */
function takes(field: CrmField, format: ValueFormat): boolean {
  const needed = shortest[format]
  if (field.readOnly || !acceptedKinds[format].includes(field.kind)) return false
  if (format === 'id' && field.unique === false) return false
  return needed === undefined || field.maxLength === null || field.maxLength >= needed
}

/** What is wrong with a field of the CRM that something is to be written to; pick lists aside. */
export function fieldProblems(
  mapped: { field: string; apiName: string; format: ValueFormat; module: string; variable: string },
  field: CrmField | undefined
): FieldProblem[] {
  const { apiName: name, format, module, variable } = mapped
  const elsewhere = `name another field in ${variable}, or leave that variable empty to switch the field off`
  const found = (kind: FieldProblem['kind'], problem: string, remedy: string): FieldProblem[] => [
    { kind, field: mapped.field, name, problem, remedy, suggestions: [] }
  ]
  if (field === undefined) {
    return found('unknown-field', `module ${module} has no field of this API name`, `Create it, or ${elsewhere}`)
  }
  if (field.readOnly) {
    return found('read-only', 'is read-only', `Make it writable for the connected user, or ${elsewhere}`)
  }
  const accepted = acceptedKinds[format]
  if (!accepted.includes(field.kind)) {
    const problem = `is of type ${field.dataType}, but ${mapped.field} needs ${accepted.join(' or ')}`
    return found('wrong-type', problem, `Change its type, or ${elsewhere}`)
  }
  const needed = shortest[format]
  if (needed !== undefined && field.maxLength !== null && field.maxLength < needed) {
    const problem = `takes ${field.maxLength} characters, but ${mapped.field} needs at least ${needed}`
    return found('too-short', problem, `Make it longer, or ${elsewhere}`)
  }
  if (format === 'id' && field.unique === false) {
    const remedy = `Create it anew as a field with unique values, or ${elsewhere}`
    return found('not-unique', 'two records may have the same value in it', remedy)
  }
  return []
}

function missingChoices(mapped: MappedField, field: CrmField, document: MappingDocument): FieldProblem[] {
  if (mapped.format !== 'choice' || (field.kind !== 'choice' && field.kind !== 'strict-choice')) return []
  const wanted = Object.values(mapped.field === 'status' ? document.statuses : document.sources)
  const setting =
    mapped.field === 'status' ? 'name an existing one in STATUS_DEMO_*' : 'rename the source in the mapping'
  return wanted
    .filter((value) => value !== null && !field.choices.includes(value))
    .map((value) => ({
      kind: 'choice-missing',
      field: mapped.field,
      suggestions: mostAlike([value ?? ''], field.choices),
      name: mapped.apiName,
      problem: `its pick list has no value "${value ?? ''}"`,
      remedy: `Add the value to the pick list, or ${setting}`
    }))
}

function usedTwice({ fields, provider }: MappingDocument): FieldProblem[] {
  const names = fields.map(({ apiName }) => apiName)
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index))
  return [...repeated].map((name) => {
    const both = fields.filter(({ apiName }) => apiName === name).map(({ field }) => field)
    const variables = both.map((field) => variableOf(field, provider))
    return {
      kind: 'used-twice',
      field: both.at(-1) ?? null,
      suggestions: [],
      name,
      problem: 'two fields of Leadlog would be written to it',
      remedy: `Name another field in one of ${variables.join(', ')}`
    }
  })
}

/** A field that every record needs and that nothing is written to. */
export function unmapped(
  document: { readonly module: string; readonly fields: readonly { readonly apiName: string }[] },
  fields: readonly CrmField[]
): FieldProblem[] {
  const mapped = new Set(document.fields.map(({ apiName }) => apiName))
  return fields
    .filter(({ apiName, compulsory, readOnly }) => compulsory && !readOnly && !mapped.has(apiName))
    .map(({ apiName }) => ({
      kind: 'not-mapped',
      field: null,
      suggestions: [],
      name: apiName,
      problem: `module ${document.module} insists on this field, and nothing is written to it`,
      remedy: 'Map a field to it, or make it optional in the CRM'
    }))
}
