import type { RecordOutcome } from '../crm-provider.ts'
import { isJsonObject, objectsIn, textIn, type JsonObject } from '../vendor-json.ts'
import { recordRefusal, type RecordRefusal } from './record-refusal.ts'

/** What a batch's answer says of one input. `unmatched`: something was refused, and it is not told which. */
export type BatchItem = RecordOutcome | RecordRefusal | { readonly kind: 'unmatched' }

/** What tells an input of a batch from the others. */
export interface BatchInput {
  readonly traceId: string
  /** Record id of an update; value of the identifying property of an upsert. */
  readonly id: string
  /** The identifying property of an upsert; `email` where it is not told. */
  readonly idProperty?: string
}

/**
 * Reads the answer to a batch write, one item per input in request order. HubSpot gives results in an order of its own:
 * they are matched by the trace id, else by the id or the identifying value that was sent.
 */
export function batchItems(body: unknown, inputs: readonly BatchInput[]): BatchItem[] {
  const answer = isJsonObject(body) ? body : {}
  const results = objectsIn(answer['results'])
  const errors = objectsIn(answer['errors'])
  // The answer to the whole request: nothing was written, and where there was one input it is about that.
  if (textIn(answer, 'status') === 'error') {
    return inputs.map(() => (inputs.length === 1 ? recordRefusal(answer) : { kind: 'unmatched' }))
  }
  const refusedOnes = new Set<JsonObject>()
  const items = inputs.map((input): BatchItem | null => {
    const result = results.find((one) => isResultOf(one, input))
    if (result !== undefined) return written(result)
    const error = errors.find((one) => isErrorOf(one, input))
    if (error === undefined) return null
    refusedOnes.add(error)
    return recordRefusal(error)
  })
  const left = errors.filter((error) => !refusedOnes.has(error))
  const [only] = left
  const missing = items.filter((item) => item === null).length
  return items.map((item): BatchItem => {
    if (item !== null) return item
    if (only === undefined) return { kind: 'unknown', reason: 'HubSpot did not answer for the record' }
    return missing === 1 ? recordRefusal(only) : { kind: 'unmatched' }
  })
}

function isResultOf(result: JsonObject, { traceId, id, idProperty = 'email' }: BatchInput): boolean {
  const trace = textIn(result, 'objectWriteTraceId')
  if (trace !== null) return trace === traceId
  const properties = isJsonObject(result['properties']) ? result['properties'] : {}
  return textIn(result, 'id') === id || textIn(properties, idProperty)?.toLowerCase() === id.toLowerCase()
}

function isErrorOf(error: JsonObject, { traceId, id }: BatchInput): boolean {
  const context = isJsonObject(error['context']) ? error['context'] : {}
  const traces = textsIn(context['objectWriteTraceId'])
  return traces.length > 0 ? traces.includes(traceId) : textsIn(context['ids']).includes(id)
}

function textsIn(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string')
}

function written(result: JsonObject): BatchItem {
  const crmId = textIn(result, 'id')
  if (crmId === null) return { kind: 'unknown', reason: 'HubSpot gave no id for the record' }
  return { kind: 'written', crmId, action: result['new'] === true ? 'insert' : 'update' }
}
