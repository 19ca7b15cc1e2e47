import type { ObjectKind } from '@leadlog/contracts'
import type { CrmName } from '../crm-provider.ts'
import { domainFields, type DomainField } from './domain-field.ts'
import type { MappingDocument } from './mapping-document.ts'
import type { MappingProblem } from './mapping-problem.ts'

/** Each CRM's variables begin in their own way, so that the settings of both can stand side by side. */
export const variablePrefixes: Record<CrmName, string> = { zoho: 'ZCF_', hubspot: 'HCF_' }

/** Fields without which no record can be found or made. */
const indispensable: ReadonlySet<DomainField> = new Set(['email', 'lastName'])

/** Names, behind the prefix, that differ from the domain field's own. The first is the one that is listed. */
const otherNames: Partial<Record<DomainField, readonly string[]>> = {
  demoDate: ['DEMO_DATETIME', 'DEMO_DATE'],
  summary: ['LEAD_SUMMARY', 'SUMMARY'],
  confidence: ['LEAD_CONFIDENCE', 'CONFIDENCE'],
  status: ['LEAD_STATUS', 'STATUS'],
  source: ['LEAD_SOURCE', 'SOURCE'],
  leadId: ['LEADLOG_ID', 'LEAD_ID'],
  recordingUrl: ['MEETING_RECORDING_URL', 'RECORDING_URL']
}

const fieldOfName: ReadonlyMap<string, DomainField> = new Map(
  domainFields.flatMap((field) => namesOf(field).map((name) => [name, field] as const))
)

/** The variable that names a domain field's place in the CRM, for example `ZCF_PAIN_POINTS` or `HCF_PAIN_POINTS`. */
export function variableOf(field: DomainField, crm: CrmName): string {
  return variablePrefixes[crm] + (namesOf(field)[0] ?? derivedName(field))
}

/** The kind of object that a variable such as `ZCF_DEAL_STAGE` is about, with what follows; null for a lead's field. */
export function objectOfVariable(name: string, crm: CrmName): { kind: ObjectKind; rest: string } | null {
  const [, kind, rest] = /^(CONTACT|DEAL|TASK)_(.+)$/.exec(name.slice(variablePrefixes[crm].length)) ?? []
  if (kind === undefined || rest === undefined) return null
  return { kind: kind.toLowerCase() as ObjectKind, rest }
}

/**
 * The mapping with the CRM's variables laid over it: each names a field's API name in the CRM, an empty one switches
 * the field off. Variables that name nothing, and those that switch off what is needed, come back as problems.
 */
export function withVariables(
  document: MappingDocument,
  variables: Readonly<Record<string, string>>
): { document: MappingDocument; problems: MappingProblem[] } {
  const prefix = variablePrefixes[document.provider]
  const problems: MappingProblem[] = []
  const apiNames = new Map<DomainField, string>()
  for (const [name, value] of Object.entries(variables)) {
    if (objectOfVariable(name, document.provider) !== null) continue
    const field = name.startsWith(prefix) ? fieldOfName.get(name.slice(prefix.length)) : undefined
    const apiName = value.trim()
    if (field === undefined) problems.push(unknownVariable(name, document.provider))
    else if (apiName === '' && indispensable.has(field)) problems.push(needed(name))
    else apiNames.set(field, apiName)
  }
  const fields = document.fields
    .map((mapped) => ({ ...mapped, apiName: apiNames.get(mapped.field) ?? mapped.apiName }))
    .filter(({ apiName }) => apiName !== '')
  return { document: { ...document, fields }, problems }
}

function namesOf(field: DomainField): readonly string[] {
  return otherNames[field] ?? [derivedName(field)]
}

/** `toolsCurrentlyUsed` → `TOOLS_CURRENTLY_USED`. */
function derivedName(field: DomainField): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()
}

function unknownVariable(name: string, crm: CrmName): MappingProblem {
  const known = domainFields.map((field) => variableOf(field, crm))
  return { name, problem: 'names no field that Leadlog knows', remedy: `Use one of ${known.sort().join(', ')}` }
}

function needed(name: string): MappingProblem {
  return {
    name,
    problem: 'is empty, but no record can be written without this field',
    remedy: 'Give the API name of the field in the CRM, or leave the variable out'
  }
}
