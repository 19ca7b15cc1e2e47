import {
  ChangeFieldMapping,
  FieldMappingChanged,
  refuse,
  RollBackFieldMapping,
  type FieldMapping,
  type Refusal
} from '@leadlog/contracts'
import { defineCommandHandler, type CommandContext } from '@leadlog/service'
import type { CrmName } from '../crm-provider.ts'
import { standardMappings } from './configured-mapping.ts'
import { decideChange, documentOf, fieldMappingOf, mappingRef, restored, withChanges } from './field-mapping.ts'
import type { MappingBook } from './mapping-book.ts'
import { MAPPING_INVALID, problemLines } from './mapping-problem.ts'

export interface FieldMappingDeps {
  readonly crm: CrmName
  readonly mapping: MappingBook
}

/** Somebody names another place for a field; the CRM is asked first whether it has it. */
export const changeFieldMappingCommand = defineCommandHandler({
  command: ChangeFieldMapping,
  emits: [FieldMappingChanged],
  handle: async ({ version, reason, changes }, deps: FieldMappingDeps, context) => {
    const { mapping } = await deps.mapping.state()
    if (mapping === null) return notStarted()
    const wanted = withChanges(mapping, changes, standardMappings[deps.crm])
    return 'refused' in wanted ? wanted : putIntoForce(deps, context, { version, reason, restores: null }, wanted)
  }
})

/** Somebody wants the mapping as it was. */
export const rollBackFieldMappingCommand = defineCommandHandler({
  command: RollBackFieldMapping,
  emits: [FieldMappingChanged],
  handle: async ({ version, reason, to }, deps: FieldMappingDeps, context) => {
    const wanted = restored(await deps.mapping.state(), to)
    return 'refused' in wanted ? wanted : putIntoForce(deps, context, { version, reason, restores: to }, wanted)
  }
})

async function putIntoForce(
  { crm, mapping: book }: FieldMappingDeps,
  context: CommandContext,
  asked: { readonly version: number; readonly reason: string; readonly restores: number | null },
  mapping: FieldMapping
): Promise<{ version: number } | Refusal> {
  if (book.canRead) {
    const options = { lane: 'person', signal: context.signal, maxAgeMs: 0 } as const
    const { problems } = await book.check(documentOf(mapping, book.configured), options)
    if (problems.length > 0) return refuse(MAPPING_INVALID, `It would not fit the CRM:\n${problemLines(problems)}`)
  }
  const result = await context.transact({
    load: [mappingRef(crm)],
    decide: ([history]) =>
      decideChange(crm, { ...asked, mapping, checked: book.canRead }, fieldMappingOf(history?.events ?? []))
  })
  return 'refusal' in result ? result.refusal : { version: asked.version + 1 }
}

function notStarted(): Refusal {
  return refuse('CRM_SYNC_MAPPING_VERSION', 'The mapping has no version yet. Start the CRM sync first')
}
