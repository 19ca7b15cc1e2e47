import type { SimulatorClock } from '../clock.ts'
import { asText, isJsonObject } from '../json.ts'
import type { JsonObject } from '../json.ts'
import { jsonAnswer } from '../vendors.ts'
import type { VendorAnswer } from '../vendors.ts'
import { refusal, refusedAnswer } from './hubspot-errors.ts'
import type { HubspotRefusal } from './hubspot-errors.ts'
import { propertyOf } from './hubspot-properties.ts'
import { showObject } from './hubspot-show.ts'
import type { HubspotStore } from './hubspot-store.ts'
import { findObject, notFound, updateObject, upsertObject } from './hubspot-writes.ts'
import type { WriteResult } from './hubspot-writes.ts'

const MAX_INPUTS = 100

export interface BatchCall {
  store: HubspotStore
  clock: SimulatorClock
  objectType: string
  body: JsonObject | undefined
  /** Off: one refused object refuses its whole batch, as where results per object are not offered. */
  multiStatus: boolean
}

type Inputs = { inputs: readonly JsonObject[] } | { refused: VendorAnswer }

const invalid = (message: string): { refused: VendorAnswer } => ({
  refused: refusedAnswer(refusal('VALIDATION_ERROR', message))
})

const inputsOf = ({ body }: BatchCall): Inputs => {
  const inputs = Array.isArray(body?.inputs) ? body.inputs.filter(isJsonObject) : []
  if (inputs.length === 0) return invalid('Invalid input JSON: inputs must not be empty')
  if (inputs.length > MAX_INPUTS) return invalid(`The batch holds ${inputs.length} inputs, the limit is ${MAX_INPUTS}`)
  const ids = inputs.flatMap(({ id }) => asText(id)?.toLowerCase() ?? [])
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index)
  return repeated === undefined ? { inputs } : invalid(`Duplicate IDs found in batch input: [${repeated}]`)
}

interface Done {
  input: JsonObject
  result: WriteResult
}

/** The results per object: 200 where all are fine, 207 where some are not. */
const batchAnswer = (call: BatchCall, done: readonly Done[], goodStatus: number): VendorAnswer => {
  const at = call.clock.now().toISOString()
  const results = done.flatMap(({ input, result }) => {
    if (!result.ok) return []
    const shown = showObject(call.objectType, result.object, Object.keys(propertiesIn(input)))
    return [{ ...shown, new: result.isNew }]
  })
  const errors = done.flatMap(({ input, result }) => (result.ok ? [] : [tracedRefusal(result.refusal, input)]))
  const times = { startedAt: at, completedAt: at }
  return errors.length === 0
    ? jsonAnswer(goodStatus, { status: 'COMPLETE', results, ...times })
    : jsonAnswer(207, { status: 'COMPLETE', results, numErrors: errors.length, errors, ...times })
}

const propertiesIn = ({ properties }: JsonObject): JsonObject => (isJsonObject(properties) ? properties : {})

const tracedRefusal = (why: HubspotRefusal, { objectWriteTraceId: trace }: JsonObject): JsonObject => {
  const context = isJsonObject(why.context) ? why.context : {}
  return trace === undefined ? why : { ...why, context: { ...context, objectWriteTraceId: [trace] } }
}

/**
 * Writes each input. Results per object need a trace id on every input; without them the first refusal is the answer
 * for all and nothing is written, which `rehearse` finds out beforehand.
 */
const writeEach = (
  call: BatchCall,
  goodStatus: number,
  write: (store: HubspotStore, input: JsonObject) => WriteResult,
  rehearse: (input: JsonObject) => HubspotRefusal | undefined
): VendorAnswer => {
  const checked = inputsOf(call)
  if ('refused' in checked) return checked.refused
  const { inputs } = checked
  const traced = inputs.every(({ objectWriteTraceId: trace }) => asText(trace) !== undefined)
  if (!traced || !call.multiStatus) {
    for (const input of inputs) {
      const why = rehearse(input)
      if (why !== undefined) return refusedAnswer(why)
    }
  }
  return batchAnswer(
    call,
    inputs.map((input) => ({ input, result: write(call.store, input) })),
    goodStatus
  )
}

/** A store that takes a write and forgets it. */
const rehearsal = (store: HubspotStore): HubspotStore => ({
  ...store,
  insert: (_type, properties) => ({ id: '0', properties, createdAt: '', updatedAt: '', archived: false }),
  update: (objectType, id) => store.get(objectType, id)
})

const refusalIn = (result: WriteResult): HubspotRefusal | undefined => (result.ok ? undefined : result.refusal)

export const batchUpsert = (call: BatchCall): VendorAnswer => {
  const { objectType, store } = call
  const write = (target: HubspotStore, input: JsonObject): WriteResult => {
    const id = asText(input.id)
    const idProperty = asText(input.idProperty)
    if (id === undefined || idProperty === undefined) {
      return { ok: false, refusal: refusal('VALIDATION_ERROR', 'Each input needs an id and an idProperty') }
    }
    if (propertyOf(objectType, idProperty)?.unique !== true) {
      const message = `Property ${idProperty} is not a unique property of ${objectType}`
      return { ok: false, refusal: refusal('VALIDATION_ERROR', message) }
    }
    return upsertObject(target, objectType, id, idProperty, propertiesIn(input))
  }
  return writeEach(call, 200, write, (input) => refusalIn(write(rehearsal(store), input)))
}

export const batchUpdate = (call: BatchCall): VendorAnswer => {
  const { objectType, store } = call
  const write = (target: HubspotStore, input: JsonObject): WriteResult => {
    const id = asText(input.id) ?? ''
    const known = findObject(store, objectType, id, asText(input.idProperty))
    if (known === undefined) return { ok: false, refusal: notFound(objectType, id) }
    return updateObject(target, objectType, known.id, input.properties)
  }
  return writeEach(call, 200, write, (input) => refusalIn(write(rehearsal(store), input)))
}

export const batchRead = (call: BatchCall): VendorAnswer => {
  const checked = inputsOf(call)
  if ('refused' in checked) return checked.refused
  const { objectType, store, body, clock } = call
  const names = Array.isArray(body?.properties) ? body.properties.flatMap((name) => asText(name) ?? []) : []
  const ids = checked.inputs.map(({ id }) => asText(id) ?? '')
  const found = ids.map((id) => findObject(store, objectType, id, asText(body?.idProperty)))
  const results = found.flatMap((object) => (object === undefined ? [] : [showObject(objectType, object, names)]))
  const missing = ids.filter((_, index) => found[index] === undefined)
  const at = clock.now().toISOString()
  const times = { startedAt: at, completedAt: at }
  if (missing.length === 0) return jsonAnswer(200, { status: 'COMPLETE', results, ...times })
  const why = notFound(objectType, missing[0] ?? '')
  const errors = [{ ...why, context: { ids: missing } }]
  return jsonAnswer(207, { status: 'COMPLETE', results, numErrors: 1, errors, ...times })
}
