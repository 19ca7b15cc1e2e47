import { TransientError } from '@leadlog/contracts'
import type { CallOptions, CrmProvider, RecordAnswer, RecordOutcome, RecordToWrite } from '../crm-provider.ts'
import { createFieldCache } from '../mapping/field-cache.ts'
import { longestNote } from '../note/longest-note.ts'
import { recordItems, type RecordItem } from './record-items.ts'
import { unknownOf, type CallResult } from '../crm-call.ts'
import type { ZohoClient } from './zoho-client.ts'
import { zohoErrors } from './zoho-errors.ts'
import { zohoFields } from './zoho-fields.ts'
import { deleteZohoRecord } from './zoho-delete.ts'
import { createZohoNotes } from './zoho-notes.ts'

export interface ZohoProviderOptions {
  readonly client: ZohoClient
  /** For example `v8`. */
  readonly apiVersion: string
  /** API names of the fields that tell whose record it is: the e-mail address first, then Leadlog's own id. */
  readonly identityFields: readonly [email: string, ...others: string[]]
  /** Which of Zoho's automations a write starts. None by default: a repeated write must not send mail again. */
  readonly triggers?: readonly ('workflow' | 'approval' | 'blueprint')[]
  /** Unix milliseconds. */
  readonly now: () => number
}

const MAX_RECORDS = 100
const RECORDS_PER_CREDIT = 10

type ItemAnswer = Omit<RecordAnswer, 'outcome'> & { readonly item: RecordItem }

/** Zoho CRM. */
export function createZohoProvider(options: ZohoProviderOptions): CrmProvider {
  const { client, identityFields, triggers = [] } = options
  const { createNote, findNote, noteValues } = createZohoNotes(client, options.apiVersion)

  const writeAll = async (
    module: string,
    records: readonly RecordToWrite[],
    { lane, signal }: CallOptions,
    how: 'update' | 'upsert'
  ): Promise<ItemAnswer[]> => {
    if (records.length === 0) return []
    const byId = how === 'update'
    const result = await client.call({
      operation: `${how}-records`,
      method: byId ? 'PUT' : 'POST',
      path: byId ? `/${module}` : `/${module}/upsert`,
      json: {
        data: records.map(({ crmId, values }) => (byId ? { id: crmId, ...values } : values)),
        ...(byId ? {} : { duplicate_check_fields: identityFields.slice(0, 1) }),
        trigger: triggers
      },
      lane,
      credits: Math.ceil(records.length / RECORDS_PER_CREDIT),
      signal
    })
    const items = itemsOf(result, records)
    const { httpStatus, waitedMs, latencyMs } = result
    return items.map((item) => ({ item, httpStatus, waitedMs, latencyMs, batchSize: records.length }))
  }

  const isOurs = (item: RecordItem): item is RecordItem & { kind: 'duplicate' } =>
    item.kind === 'duplicate' && item.fields.some((field) => identityFields.includes(field))

  /** New records by e-mail; those that are there under another e-mail but with our own id are then changed by id. */
  const upsertNew = async (module: string, records: readonly RecordToWrite[], call: CallOptions) => {
    const answers = await writeAll(module, records, call, 'upsert')
    const found = answers.flatMap(({ item }, index) => {
      const record = records[index]
      return record !== undefined && isOurs(item) ? [{ index, record: { ...record, crmId: item.crmId } }] : []
    })
    const again = await writeAll(
      module,
      found.map(({ record }) => record),
      call,
      'update'
    )
    found.forEach(({ index }, position) => {
      const answer = again[position]
      if (answer !== undefined) answers[index] = answer
    })
    return answers
  }

  const readFields = createFieldCache(async (module) => {
    const query = { module }
    const call = { operation: 'read-fields', method: 'GET', path: '/settings/fields', credits: 1 } as const
    const result = await client.call({ ...call, query, lane: 'person' })
    const fields = result.kind === 'answer' ? zohoFields(result.body) : []
    if (result.kind === 'failed') throw result.error
    if (fields.length > 0) return fields
    throw new TransientError(zohoErrors.unavailable, `Zoho did not tell the fields of ${module}; tried again later`)
  }, options.now)

  return {
    name: 'zoho',
    maxRecordsPerCall: MAX_RECORDS,
    maxNoteLength: longestNote.zoho,
    async upsertRecords(module, records, call) {
      const known = records.filter(({ crmId }) => crmId !== null)
      const unknown = records.filter(({ crmId }) => crmId === null)
      const [updated, upserted] = await Promise.all([
        writeAll(module, known, call, 'update'),
        upsertNew(module, unknown, call)
      ])
      const answers = new Map([
        ...known.map((record, index) => [record, updated[index]] as const),
        ...unknown.map((record, index) => [record, upserted[index]] as const)
      ])
      return records.map((record) => recordAnswer(answers.get(record)))
    },
    deleteRecord: (module, crmId, call) => deleteZohoRecord(client, module, crmId, call),
    createNote,
    findNote,
    noteValues,
    fieldMetadata: (module) => readFields(module)
  }
}

function itemsOf(result: CallResult, records: readonly RecordToWrite[]): RecordItem[] {
  if (result.kind !== 'answer') {
    const item: RecordItem = result.kind === 'failed' ? { kind: 'failed', error: result.error } : unknownOf(result)
    return records.map(() => item)
  }
  const sentIds = records.map(({ crmId }) => crmId)
  const unknown: RecordItem = { kind: 'unknown', reason: 'Zoho did not answer for each record' }
  return recordItems(result.body, records.length, sentIds) ?? records.map(() => unknown)
}

const unanswered: RecordAnswer = {
  outcome: { kind: 'unknown', reason: 'Zoho did not answer for the record' },
  httpStatus: null,
  waitedMs: 0,
  latencyMs: 0,
  batchSize: 1
}

function recordAnswer(answer: ItemAnswer | undefined): RecordAnswer {
  if (answer === undefined) return unanswered
  const { item, ...figures } = answer
  return { ...figures, outcome: outcomeOf(item) }
}

/** A duplicate that is left over belongs to somebody else: the value is not ours to give. */
function outcomeOf(item: RecordItem): RecordOutcome {
  if (item.kind !== 'duplicate') return item
  const message = `${item.message}: record ${item.crmId} has the same value`
  return { kind: 'refused', code: 'DUPLICATE_DATA', field: item.fields[0] ?? null, message }
}
