import type { ObjectKind } from '@leadlog/contracts'
import { Value } from '@sinclair/typebox/value'
import type { CrmName } from '../crm-provider.ts'
import { mappingInvalid, type MappingProblem } from '../mapping/mapping-problem.ts'
import { objectOfVariable, variablePrefixes } from '../mapping/mapping-variables.ts'
import { hubspotObjects } from './hubspot-objects.ts'
import { objectFieldNames, ObjectMapping, type ObjectField } from './object-mapping.ts'
import { zohoObjects } from './zoho-objects.ts'

const standards: Record<CrmName, Record<ObjectKind, ObjectMapping>> = { zoho: zohoObjects, hubspot: hubspotObjects }

/** Fields without which no object can be found or made. */
const indispensable: ReadonlySet<ObjectField> = new Set(['key', 'lastName', 'name', 'stage', 'subject', 'dueDate'])

/** The mappings of the kinds in use, by kind. */
export type ObjectMappings = Partial<Record<ObjectKind, ObjectMapping>>

export interface ObjectSettings {
  readonly crm: CrmName
  /** The kinds that are kept in the CRM. */
  readonly kinds: readonly ObjectKind[]
  /** The CRM's `ZCF_*` or `HCF_*` variables; those of the leads' fields are passed over. */
  readonly variables: Readonly<Record<string, string>>
  /** Mappings by kind that take the place of the CRM's default ones; as parsed, not yet checked. */
  readonly documents?: Readonly<Record<string, unknown>>
}

/**
 * The mappings that the settings amount to.
 *
 * @throws PermanentError CRM_SYNC_MAPPING_INVALID that lists every problem
 */
export function configuredObjects({ crm, kinds, variables, documents = {} }: ObjectSettings): ObjectMappings {
  const problems: MappingProblem[] = []
  const mappings = kinds.map((kind) => {
    const standard = standards[crm][kind]
    const document = documents[kind]
    const usable = Value.Check(ObjectMapping, document) && document.provider === crm && document.kind === kind
    if (document !== undefined && !usable) problems.push(unusable(kind, crm, document))
    return renamed(usable ? document : standard, variables, problems)
  })
  for (const name of Object.keys(variables)) {
    const named = objectOfVariable(name, crm)
    if (named !== null && fieldOf(named.kind, named.rest) === null)
      problems.push(unknownVariable(name, named.kind, crm))
  }
  if (problems.length > 0) throw mappingInvalid(problems)
  return Object.fromEntries(mappings.map((mapping) => [mapping.kind, mapping]))
}

/** The variable that names a field's place in the CRM, for example `ZCF_DEAL_CLOSE_DATE`. */
export function objectVariable({ kind, provider }: Pick<ObjectMapping, 'kind' | 'provider'>, field: ObjectField) {
  return `${variablePrefixes[provider]}${kind.toUpperCase()}_${nameOf(field)}`
}

function renamed(mapping: ObjectMapping, variables: Readonly<Record<string, string>>, problems: MappingProblem[]) {
  const fields = mapping.fields.flatMap((mapped) => {
    const variable = objectVariable(mapping, mapped.field)
    const apiName = variables[variable]?.trim() ?? mapped.apiName
    if (apiName !== '') return [{ ...mapped, apiName }]
    if (indispensable.has(mapped.field)) problems.push(needed(variable))
    return []
  })
  return { ...mapping, fields }
}

/** `closeDate` → `CLOSE_DATE`; the key stands under the name that it has in the CRM. */
function nameOf(field: ObjectField): string {
  return field === 'key' ? 'LEADLOG_ID' : field.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()
}

function fieldOf(kind: ObjectKind, name: string): ObjectField | null {
  return objectFieldNames[kind].find((field) => nameOf(field) === name) ?? null
}

function unusable(kind: ObjectKind, crm: CrmName, document: unknown): MappingProblem {
  const [error] = Value.Errors(ObjectMapping, document)
  const problem = error === undefined ? `is not for a ${kind} in ${crm}` : `${error.path || '/'}: ${error.message}`
  return { name: `mapping document /objects/${kind}`, problem, remedy: 'Correct the document there' }
}

function unknownVariable(name: string, kind: ObjectKind, crm: CrmName): MappingProblem {
  const known = objectFieldNames[kind].map((field) => objectVariable({ kind, provider: crm }, field))
  return { name, problem: `names no field of a ${kind}`, remedy: `Use one of ${known.join(', ')}` }
}

function needed(name: string): MappingProblem {
  return {
    name,
    problem: 'is empty, but no object can be written without this field',
    remedy: 'Give the API name of the field in the CRM, or leave the variable out'
  }
}
