import { unknownOf, type CallResult } from '../crm-call.ts'
import type { CallOptions, CrmProvider, RecordAnswer, RecordOutcome, RecordToWrite } from '../crm-provider.ts'
import type { JsonObject } from '../vendor-json.ts'
import { recordItems, type RecordItem } from './record-items.ts'
import type { ZohoClient } from './zoho-client.ts'

/** Which of Zoho's automations a write starts. */
export type ZohoTrigger = 'workflow' | 'approval' | 'blueprint'

/** API names of the fields that tell whose record it is: the first decides between insert and update. */
export type ZohoIdentity = readonly [first: string, ...others: string[]]

/** A record with what stands in it beside plain values. */
export interface ZohoRecord extends RecordToWrite {
  readonly lookups?: JsonObject
}

const RECORDS_PER_CREDIT = 10

type How = 'update' | 'upsert' | 'insert'

type ItemAnswer = Omit<RecordAnswer, 'outcome'> & { readonly item: RecordItem }

/** Writes records: known ones by their id, others by the fields that tell whose they are. */
export function createZohoRecords(client: ZohoClient, triggers: readonly ZohoTrigger[]) {
  const writeAll = async (
    module: string,
    records: readonly ZohoRecord[],
    identity: ZohoIdentity,
    { lane, signal }: CallOptions,
    how: How
  ): Promise<ItemAnswer[]> => {
    if (records.length === 0) return []
    const byId = how === 'update'
    const result = await client.call({
      operation: `${how}-records`,
      method: byId ? 'PUT' : 'POST',
      path: how === 'upsert' ? `/${module}/upsert` : `/${module}`,
      json: {
        data: records.map(({ crmId, values, lookups }) => ({ ...(byId ? { id: crmId } : {}), ...values, ...lookups })),
        ...(how === 'upsert' ? { duplicate_check_fields: identity.slice(0, 1) } : {}),
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

  /** New records by the first field; those that are there by another one of them are then changed by id. */
  const writeNew = async (
    module: string,
    records: readonly ZohoRecord[],
    identity: ZohoIdentity,
    call: CallOptions,
    how: 'upsert' | 'insert'
  ) => {
    const answers = await writeAll(module, records, identity, call, how)
    const found = answers.flatMap(({ item }, index) => {
      const record = records[index]
      const isOurs = item.kind === 'duplicate' && item.fields.some((field) => identity.includes(field))
      return record !== undefined && isOurs ? [{ index, record: { ...record, crmId: item.crmId } }] : []
    })
    const again = await writeAll(
      module,
      found.map(({ record }) => record),
      identity,
      call,
      'update'
    )
    found.forEach(({ index }, position) => {
      const answer = again[position]
      if (answer !== undefined) answers[index] = answer
    })
    return answers
  }

  return async (
    module: string,
    records: readonly ZohoRecord[],
    identity: ZohoIdentity,
    call: CallOptions,
    how: 'upsert' | 'insert' = 'upsert'
  ): ReturnType<CrmProvider['upsertRecords']> => {
    const known = records.filter(({ crmId }) => crmId !== null)
    const unknown = records.filter(({ crmId }) => crmId === null)
    const [updated, made] = await Promise.all([
      writeAll(module, known, identity, call, 'update'),
      writeNew(module, unknown, identity, call, how)
    ])
    const answers = new Map([
      ...known.map((record, index) => [record, updated[index]] as const),
      ...unknown.map((record, index) => [record, made[index]] as const)
    ])
    return records.map((record) => recordAnswer(answers.get(record)))
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
