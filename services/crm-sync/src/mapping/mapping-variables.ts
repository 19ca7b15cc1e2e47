import { domainFields, type DomainField } from './domain-field.ts'
import type { MappingDocument } from './mapping-document.ts'
import type { MappingProblem } from './mapping-problem.ts'

export const VARIABLE_PREFIX = 'ZCF_'

/** Fields without which no record can be found or made. */
const indispensable: ReadonlySet<DomainField> = new Set(['email', 'lastName'])

/** Names that differ from the domain field's own. The first is the one that is listed. */
const otherNames: Partial<Record<DomainField, readonly string[]>> = {
  demoDate: ['ZCF_DEMO_DATETIME', 'ZCF_DEMO_DATE'],
  summary: ['ZCF_LEAD_SUMMARY', 'ZCF_SUMMARY'],
  confidence: ['ZCF_LEAD_CONFIDENCE', 'ZCF_CONFIDENCE'],
  status: ['ZCF_LEAD_STATUS', 'ZCF_STATUS'],
  source: ['ZCF_LEAD_SOURCE', 'ZCF_SOURCE'],
  leadId: ['ZCF_LEADLOG_ID', 'ZCF_LEAD_ID'],
  recordingUrl: ['ZCF_MEETING_RECORDING_URL', 'ZCF_RECORDING_URL']
}

const fieldOfVariable: ReadonlyMap<string, DomainField> = new Map(
  domainFields.flatMap((field) => variableNamesOf(field).map((name) => [name, field] as const))
)

/** The variable that names a domain field's place in the CRM, for example `ZCF_PAIN_POINTS`. */
export function variableOf(field: DomainField): string {
  return variableNamesOf(field)[0] ?? derivedName(field)
}

/**
 * The mapping with `ZCF_*` variables laid over it: each names a field's API name in the CRM, an empty one switches the
 * field off. Variables that name nothing, and those that switch off what is needed, come back as problems.
 */
export function withVariables(
  document: MappingDocument,
  variables: Readonly<Record<string, string>>
): { document: MappingDocument; problems: MappingProblem[] } {
  const problems: MappingProblem[] = []
  const apiNames = new Map<DomainField, string>()
  for (const [name, value] of Object.entries(variables)) {
    const field = fieldOfVariable.get(name)
    const apiName = value.trim()
    if (field === undefined) problems.push(unknownVariable(name))
    else if (apiName === '' && indispensable.has(field)) problems.push(needed(name))
    else apiNames.set(field, apiName)
  }
  const fields = document.fields
    .map((mapped) => ({ ...mapped, apiName: apiNames.get(mapped.field) ?? mapped.apiName }))
    .filter(({ apiName }) => apiName !== '')
  return { document: { ...document, fields }, problems }
}

function variableNamesOf(field: DomainField): readonly string[] {
  return otherNames[field] ?? [derivedName(field)]
}

/** `toolsCurrentlyUsed` → `ZCF_TOOLS_CURRENTLY_USED`. */
function derivedName(field: DomainField): string {
  return VARIABLE_PREFIX + field.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()
}

function unknownVariable(name: string): MappingProblem {
  const known = domainFields.map(variableOf).sort().join(', ')
  return { name, problem: 'names no field that Leadlog knows', remedy: `Use one of ${known}` }
}

function needed(name: string): MappingProblem {
  return {
    name,
    problem: 'is empty, but no record can be written without this field',
    remedy: 'Give the API name of the field in the CRM, or leave the variable out'
  }
}
