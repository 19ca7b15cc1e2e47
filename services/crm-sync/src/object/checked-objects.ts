import { PermanentError, type ObjectKind } from '@leadlog/contracts'
import type { CallOptions, CrmField, CrmProvider } from '../crm-provider.ts'
import { fieldProblems, unmapped } from '../mapping/check-mapping.ts'
import { MAPPING_INVALID, mappingInvalid, type MappingProblem } from '../mapping/mapping-problem.ts'
import { objectVariable, type ObjectMappings } from './configured-objects.ts'
import type { ObjectMapping } from './object-mapping.ts'

/** A mapping with what the CRM's metadata adds to it. */
export interface CheckedObjects {
  readonly mapping: ObjectMapping
  /** Longest text by API name. */
  readonly lengths: ReadonlyMap<string, number>
  /** Values of the CRM's pick lists by API name; a field without a list is absent, and takes anything. */
  readonly choices: ReadonlyMap<string, readonly string[]>
}

/** Gives the mappings that objects are written by. */
export interface ObjectMappingSource {
  /** The mapping as configured; null where objects of the kind are not kept in the CRM. */
  configured(kind: ObjectKind): ObjectMapping | null
  /**
   * The mapping, held against the CRM's metadata.
   *
   * @throws PermanentError CRM_SYNC_OBJECTS_OFF, and CRM_SYNC_MAPPING_INVALID that lists every problem; TransientError
   */
  current(kind: ObjectKind, options: CallOptions): Promise<CheckedObjects>
}

/** `canRead` false: the mappings without a check, for a dry run that has no account to read metadata from. */
export function createObjectMappings(
  mappings: ObjectMappings,
  provider: Pick<CrmProvider, 'fieldMetadata'>,
  canRead: boolean
): ObjectMappingSource {
  const configured = (kind: ObjectKind) => mappings[kind] ?? null
  return {
    configured,
    async current(kind, options) {
      const mapping = configured(kind)
      if (mapping === null) {
        const message = `A ${kind} is not kept in the CRM. Add ${kind} to CRM_OBJECTS, then retry`
        throw new PermanentError('CRM_SYNC_OBJECTS_OFF', message)
      }
      if (!canRead) return uncheckedObjects(mapping)
      const fields = await provider.fieldMetadata(mapping.module, options)
      const problems = problemsOf(mapping, fields)
      if (problems.length > 0) throw mappingInvalid(problems)
      return checked(mapping, fields)
    }
  }
}

/**
 * Checks the mappings of the kinds in use when the process starts. Gives the reason where it could not be done.
 *
 * @throws PermanentError CRM_SYNC_MAPPING_INVALID that lists every problem of a module
 */
export async function verifyObjects(
  source: ObjectMappingSource,
  kinds: readonly ObjectKind[]
): Promise<{ checked: true } | { checked: false; because: string }> {
  for (const kind of kinds) {
    try {
      await source.current(kind, { lane: 'person' })
    } catch (error) {
      if (error instanceof PermanentError && error.code === MAPPING_INVALID) throw error
      return { checked: false, because: error instanceof Error ? error.message : String(error) }
    }
  }
  return { checked: true }
}

/** The mapping as it stands. */
export function uncheckedObjects(mapping: ObjectMapping): CheckedObjects {
  return checked(mapping, [])
}

function checked(mapping: ObjectMapping, fields: readonly CrmField[]): CheckedObjects {
  const known = new Map(fields.map((field) => [field.apiName, field]))
  return {
    mapping,
    lengths: new Map(
      mapping.fields.map(({ apiName, maxLength }) => [
        apiName,
        Math.min(maxLength, known.get(apiName)?.maxLength ?? maxLength)
      ])
    ),
    choices: new Map(
      mapping.fields.flatMap(({ apiName, format }) => {
        const choices = format === 'choice' ? (known.get(apiName)?.choices ?? []) : []
        return choices.length > 0 ? [[apiName, choices] as const] : []
      })
    )
  }
}

function problemsOf(mapping: ObjectMapping, fields: readonly CrmField[]): MappingProblem[] {
  const known = new Map(fields.map((field) => [field.apiName, field]))
  const names = mapping.fields.map(({ apiName }) => apiName)
  return [
    ...mapping.fields.flatMap((mapped) =>
      fieldProblems(
        { ...mapped, module: mapping.module, variable: objectVariable(mapping, mapped.field) },
        known.get(mapped.apiName)
      )
    ),
    ...names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((name) => ({
        name,
        problem: `two fields of a ${mapping.kind} would be written to it`,
        remedy: 'Name another field for one of them'
      })),
    ...missingNames(mapping, known),
    ...unmapped(mapping, fields)
  ]
}

/** Names that the mapping gives to values, and that the CRM's list lacks. */
function missingNames(mapping: ObjectMapping, known: ReadonlyMap<string, CrmField>): MappingProblem[] {
  return mapping.fields.flatMap(({ field, apiName }) => {
    const choices = known.get(apiName)?.choices ?? []
    if (choices.length === 0) return []
    return Object.values(mapping.names[field] ?? {})
      .filter((name) => !choices.includes(name))
      .map((name) => ({
        name: apiName,
        problem: `its pick list has no value "${name}"`,
        remedy: 'Add the value to the pick list, or rename it in the mapping document'
      }))
  })
}
