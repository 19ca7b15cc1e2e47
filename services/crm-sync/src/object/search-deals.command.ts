import { refuse, SearchDeals, type CommandResult, type Refusal } from '@leadlog/contracts'
import { defineCommandHandler } from '@leadlog/service'
import type { CrmProvider, CrmValues, RecordSearch } from '../crm-provider.ts'
import type { ObjectMappingSource } from './checked-objects.ts'
import { apiNameOf, type ObjectField, type ObjectMapping } from './object-mapping.ts'

export interface SearchDealsDeps {
  readonly objects: ObjectMappingSource
  /** Null where there is no account to search. */
  readonly searchRecords: CrmProvider['searchRecords'] | null
}

const DEFAULT_LIMIT = 20
const told = ['key', 'leadId', 'stage', 'amount', 'currency', 'closeDate'] as const satisfies readonly ObjectField[]

/** Somebody wants to know which deals the CRM has. It is asked once more where the answer was lost. */
export const searchDealsCommand = defineCommandHandler({
  command: SearchDeals,
  emits: [],
  handle: async ({ limit = DEFAULT_LIMIT, ...asked }, { objects, searchRecords }: SearchDealsDeps, { signal }) => {
    const mapping = objects.configured('deal')
    if (mapping === null)
      return refuse('CRM_SYNC_OBJECTS_OFF', 'A deal is not kept in the CRM. Add deal to CRM_OBJECTS')
    const conditions = conditionsOf(asked, mapping)
    if ('code' in conditions) return conditions
    if (searchRecords === null) {
      return refuse('CRM_SYNC_CRM_NOT_CONNECTED', 'There is no account to search. Give the credentials of the CRM')
    }
    const fields = told.flatMap((field) => apiNameOf(mapping, field) ?? [])
    const found = await searchRecords(mapping.module, { conditions, fields, limit }, { lane: 'person', signal })
    return { deals: found.records.map(({ crmId, values }) => dealOf(crmId, values, mapping)), more: found.more }
  }
})

function conditionsOf(
  { leadId, stage, nameBegins }: { leadId?: string; stage?: string; nameBegins?: string },
  mapping: ObjectMapping
): RecordSearch['conditions'] | Refusal {
  const asked = [
    { field: 'leadId', how: 'is', value: leadId },
    { field: 'stage', how: 'is', value: stage === undefined ? stage : (mapping.names['stage']?.[stage] ?? stage) },
    { field: 'name', how: 'begins', value: nameBegins }
  ] as const
  const conditions: RecordSearch['conditions'][number][] = []
  for (const { field, how, value } of asked) {
    if (value === undefined) continue
    const apiName = apiNameOf(mapping, field)
    if (apiName === null)
      return refuse('CRM_SYNC_FIELD_OFF', `The mapping has no field for ${field}. Leave this condition out`)
    conditions.push({ apiName, how, value })
  }
  return conditions.length > 0
    ? conditions
    : refuse('CRM_SYNC_SEARCH_WITHOUT_CONDITION', 'Give leadId, stage or nameBegins')
}

function dealOf(
  crmId: string,
  values: CrmValues,
  mapping: ObjectMapping
): CommandResult<typeof SearchDeals>['deals'][number] {
  const valueOf = (field: ObjectField) => values[apiNameOf(mapping, field) ?? ''] ?? null
  const text = (field: ObjectField) => {
    const value = valueOf(field)
    return value === null ? null : String(value)
  }
  const amount = valueOf('amount')
  return {
    crmId,
    key: text('key'),
    leadId: text('leadId'),
    stage: text('stage'),
    amount: amount === null || amount === '' ? null : Number(amount),
    currency: text('currency'),
    closeDate: text('closeDate')
  }
}
