import { Value } from '@sinclair/typebox/value'
import type { CrmName } from '../crm-provider.ts'
import { MappingDocument } from './mapping-document.ts'
import type { MappingProblem } from './mapping-problem.ts'
import { withVariables } from './mapping-variables.ts'

export interface MappingSettings {
  /** A document that takes the place of the CRM's default; as it was parsed, not yet checked. */
  readonly document?: unknown
  /** Names of statuses in the CRM, from STATUS_DEMO_*; unset ones keep the document's. */
  readonly statuses?: Partial<MappingDocument['statuses']>
  /** The CRM's `ZCF_*` or `HCF_*` variables with their values; an empty value switches the field off. */
  readonly variables?: Readonly<Record<string, string>>
}

/**
 * The mapping that the settings amount to, and what is wrong with them. Problems of the CRM's own fields are found
 * later, by {@link checkMapping}.
 */
export function buildMapping(
  standard: MappingDocument,
  { document, statuses, variables = {} }: MappingSettings
): { document: MappingDocument; problems: MappingProblem[] } {
  const problems = document === undefined ? [] : documentProblems(document, standard.provider)
  const base = problems.length === 0 && Value.Check(MappingDocument, document) ? document : standard
  const named = { ...base, statuses: { ...base.statuses, ...statuses } }
  const varied = withVariables(named, variables)
  return { document: varied.document, problems: [...problems, ...varied.problems] }
}

function documentProblems(document: unknown, crm: CrmName): MappingProblem[] {
  if (Value.Check(MappingDocument, document) && document.provider !== crm) {
    const problem = `is for ${document.provider}, but CRM_PROVIDER is ${crm}`
    return [{ name: 'mapping document /provider', problem, remedy: 'Give the document of that CRM, or change it' }]
  }
  return [...Value.Errors(MappingDocument, document)].map(({ path, message }) => ({
    name: `mapping document ${path || '/'}`,
    problem: message,
    remedy: 'Correct the document there'
  }))
}
