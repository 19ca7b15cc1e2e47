import { unknownOf, type CallResult } from '../crm-call.ts'
import type { CallFigures, CallOptions, CrmValues, RecordAnswer, RecordToWrite } from '../crm-provider.ts'
import { isJsonObject, textIn } from '../vendor-json.ts'
import { batchItems, type BatchItem } from './batch-items.ts'
import type { HubspotClient } from './hubspot-client.ts'

/** Properties that tell whose record it is. */
export interface IdentityProperties {
  /** By which a record is found or made; must have unique values. */
  readonly key: string
  readonly email: string | null
  /** Leadlog's own id; must have unique values. */
  readonly ownId: string | null
}

/** Writes records that are told apart by these properties. */
export type WriteHubspotRecords = (
  module: string,
  records: readonly RecordToWrite[],
  identity: IdentityProperties,
  call: CallOptions
) => Promise<RecordAnswer[]>

type ItemAnswer = CallFigures & { readonly item: BatchItem; readonly batchSize: number }
type How = 'update' | 'upsert'

/** Writing records: known ones by their id, others by their key: a lead's is its e-mail address. */
export function createHubspotRecords(client: HubspotClient): WriteHubspotRecords {
  return (module, records, identity, call) => writerBy(client, identity).write(module, records, call)
}

function writerBy(client: HubspotClient, identity: IdentityProperties) {
  const keyOf = ({ values }: RecordToWrite): string => {
    const key = String(values[identity.key] ?? '')
    return identity.key === identity.email ? key.toLowerCase() : key
  }

  /** One call. Where it is not told which record was refused, the records go again in halves: nothing was written. */
  const writeBatch = async (
    module: string,
    records: readonly RecordToWrite[],
    call: CallOptions,
    how: How
  ): Promise<ItemAnswer[]> => {
    if (records.length === 0) return []
    const inputs = records.map((record, index) => ({
      id: how === 'update' ? (record.crmId ?? '') : keyOf(record),
      ...(how === 'update' ? {} : { idProperty: identity.key }),
      objectWriteTraceId: `record-${index}`,
      properties: propertiesOf(record.values)
    }))
    const result = await client.call({
      operation: `${how}-records`,
      method: 'POST',
      path: `/crm/v3/objects/${encodeURIComponent(module)}/batch/${how}`,
      json: { inputs },
      ...call
    })
    const items = itemsOf(result, inputs, identity.key)
    const { httpStatus, waitedMs, latencyMs } = result
    const answers = items.map((item) => ({ item, httpStatus, waitedMs, latencyMs, batchSize: records.length }))
    const unmatched = indexesOf(answers, ({ item }) => item.kind === 'unmatched')
    const half = Math.ceil(unmatched.length / 2)
    for (const part of [unmatched.slice(0, half), unmatched.slice(half)]) {
      replace(answers, part, await writeBatch(module, pick(records, part), call, how))
    }
    return answers
  }

  /** A batch must not name a key twice: those that repeat one go in calls of their own, one after another. */
  const upsertByKey = async (module: string, records: readonly RecordToWrite[], call: CallOptions) => {
    const rounds: number[][] = []
    records.forEach((record, index) => {
      const key = keyOf(record)
      const round = rounds.find((one) => !pick(records, one).some((other) => keyOf(other) === key))
      if (round === undefined) rounds.push([index])
      else round.push(index)
    })
    const answers: ItemAnswer[] = []
    for (const round of rounds) {
      replace(answers, round, await writeBatch(module, pick(records, round), call, 'upsert'))
    }
    return answers
  }

  const findByOwnId = async (module: string, ownId: string, values: CrmValues, call: CallOptions) => {
    const result = await client.call({
      operation: 'find-record',
      method: 'GET',
      path: `/crm/v3/objects/${encodeURIComponent(module)}/${encodeURIComponent(String(values[ownId] ?? ''))}`,
      query: { idProperty: ownId },
      ...call
    })
    return result.kind === 'answer' && isJsonObject(result.body) ? textIn(result.body, 'id') : null
  }

  /** The id of the record that is there under another address, with what may be written to it. */
  const foundElsewhere = async (
    module: string,
    { values }: RecordToWrite,
    item: BatchItem,
    call: CallOptions
  ): Promise<RecordToWrite | null> => {
    if (item.kind === 'address-taken') {
      // The contact has the address, perhaps behind another first one, which is for people to choose.
      const rest = Object.fromEntries(Object.entries(values).filter(([name]) => name !== identity.email))
      return { crmId: item.crmId, values: rest }
    }
    if (item.kind !== 'value-taken' || item.property !== identity.ownId) return null
    const crmId = await findByOwnId(module, identity.ownId, values, call)
    return crmId === null ? null : { crmId, values }
  }

  /** New records by key; those that are there in another way are then changed by their id. */
  const upsertNew = async (module: string, records: readonly RecordToWrite[], call: CallOptions) => {
    const answers = await upsertByKey(module, records, call)
    const again: { index: number; record: RecordToWrite }[] = []
    for (const [index, record] of records.entries()) {
      const item = answers[index]?.item
      const found = item === undefined ? null : await foundElsewhere(module, record, item, call)
      if (found !== null) again.push({ index, record: found })
    }
    for (const { index, record } of again) replace(answers, [index], await writeBatch(module, [record], call, 'update'))
    return answers
  }

  return {
    async write(module: string, records: readonly RecordToWrite[], call: CallOptions): Promise<RecordAnswer[]> {
      const known = indexesOf(records, ({ crmId }) => crmId !== null)
      const unknown = indexesOf(records, ({ crmId }) => crmId === null)
      const [updated, upserted] = await Promise.all([
        writeBatch(module, pick(records, known), call, 'update'),
        upsertNew(module, pick(records, unknown), call)
      ])
      const answers: ItemAnswer[] = []
      replace(answers, known, updated)
      replace(answers, unknown, upserted)
      return answers.map((answer) => recordAnswer(answer, identity.email))
    }
  }
}

/** HubSpot clears a property by an empty text. */
function propertiesOf(values: CrmValues): Record<string, string | number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? '']))
}

function itemsOf(
  result: CallResult,
  inputs: readonly { readonly id: string; readonly objectWriteTraceId: string }[],
  idProperty: string
): BatchItem[] {
  if (result.kind === 'failed') return inputs.map(() => ({ kind: 'failed', error: result.error }))
  if (result.kind === 'unknown') return inputs.map(() => unknownOf(result))
  return batchItems(
    result.body,
    inputs.map(({ id, objectWriteTraceId }) => ({ id, traceId: objectWriteTraceId, idProperty }))
  )
}

/** What is left over belongs to somebody else: the value is not ours to give. */
function recordAnswer({ item, ...figures }: ItemAnswer, email: string | null): RecordAnswer {
  const taken = (field: string | null): RecordAnswer => ({
    ...figures,
    outcome: {
      kind: 'refused',
      code: 'CONFLICT',
      field,
      message: `${field ?? 'record'}: another record has the same value`
    }
  })
  switch (item.kind) {
    case 'address-taken':
      return taken(email)
    case 'value-taken':
      return taken(item.property)
    case 'unmatched':
      return { ...figures, outcome: { kind: 'unknown', reason: 'HubSpot did not answer for the record' } }
    case 'written':
    case 'refused':
    case 'failed':
    case 'unknown':
      return { ...figures, outcome: item }
  }
}

function indexesOf<Item>(items: readonly Item[], holds: (item: Item) => boolean): number[] {
  return items.flatMap((item, index) => (holds(item) ? [index] : []))
}

function pick<Item>(items: readonly Item[], indexes: readonly number[]): Item[] {
  return indexes.flatMap((index) => items[index] ?? [])
}

function replace<Item>(items: Item[], indexes: readonly number[], by: readonly Item[]): void {
  indexes.forEach((index, position) => {
    const item = by[position]
    if (item !== undefined) items[index] = item
  })
}
