import { PermanentError, type FieldMappingProblem } from '@leadlog/contracts'

/** Something in the mapping that would make writes fail or lose values. */
export interface MappingProblem {
  /** The CRM field, setting or variable that is wrong. */
  readonly name: string
  readonly problem: string
  /** What to do about it. */
  readonly remedy: string
}

/** A problem between the mapping and the CRM's own fields. */
export type FieldProblem = FieldMappingProblem

export const MAPPING_INVALID = 'CRM_SYNC_MAPPING_INVALID'

/** All problems in one error: each named, each with its remedy. */
export function mappingInvalid(problems: readonly MappingProblem[]): PermanentError {
  return new PermanentError(MAPPING_INVALID, `The field mapping does not fit the CRM:\n${problemLines(problems)}`)
}

export function problemLines(problems: readonly MappingProblem[]): string {
  return problems.map(({ name, problem, remedy }) => `- ${name}: ${problem}. ${remedy}.`).join('\n')
}
