import { CheckFieldMapping, FieldMappingChecked, refuse } from '@leadlog/contracts'
import { defineCommandHandler } from '@leadlog/service'
import type { FieldMappingDeps } from './change-field-mapping.command.ts'
import { fieldsThatFit } from './check-mapping.ts'
import { standardMappings } from './configured-mapping.ts'
import { checkedEvent, documentOf, fieldMappingOf, mappingOf, mappingRef, withChanges } from './field-mapping.ts'

/** While somebody types, the fields that were read for the letter before will do. */
const TYPING_MS = 10_000

/** Somebody wants to know whether the mapping, or a change of it, fits. It is asked once more where the answer was lost. */
export const checkFieldMappingCommand = defineCommandHandler({
  command: CheckFieldMapping,
  emits: [FieldMappingChecked],
  handle: async ({ changes = [] }, { crm, mapping: book }: FieldMappingDeps, { signal, transact }) => {
    if (!book.canRead) {
      return refuse('CRM_SYNC_CRM_NOT_CONNECTED', 'There is no account to ask. Give the credentials of the CRM')
    }
    const standard = standardMappings[crm]
    const { mapping, version } = await book.state()
    const wanted = withChanges(mapping ?? mappingOf(book.configured), changes, standard)
    if ('refused' in wanted) return wanted
    const isTry = changes.length > 0
    const options = { lane: 'person', signal, maxAgeMs: isTry ? TYPING_MS : 0 } as const
    const { problems, fields } = await book.check(documentOf(wanted, book.configured), options)
    if (!isTry && version > 0) {
      await transact({
        load: [mappingRef(crm)],
        decide: ([history]) =>
          fieldMappingOf(history?.events ?? []).version === version
            ? [checkedEvent(crm, 'asked', problems, version)]
            : []
      })
    }
    return {
      version,
      problems: [...problems],
      crmFields: fields.map((field) => ({
        apiName: field.apiName,
        type: field.dataType,
        maxLength: field.maxLength,
        readOnly: field.readOnly,
        compulsory: field.compulsory,
        fits: fieldsThatFit(field, standard.fields)
      }))
    }
  }
})
