import type { SimulatorClock } from '../clock.ts'
import { asText, isJsonObject } from '../json.ts'
import type { JsonObject, JsonValue } from '../json.ts'
import { emptyAnswer, jsonAnswer } from '../vendors.ts'
import type { VendorAnswer } from '../vendors.ts'
import { associate } from './hubspot-associations.ts'
import { refusal, refusedAnswer } from './hubspot-errors.ts'
import type { HubspotStore } from './hubspot-store.ts'

const MAX_LINKS = 2_000

export interface LinkBatch {
  store: HubspotStore
  clock: SimulatorClock
  fromType: string
  toType: string
  body: JsonObject | undefined
}

const inputsOf = ({ body }: LinkBatch): readonly JsonObject[] =>
  Array.isArray(body?.inputs) ? body.inputs.filter(isJsonObject) : []

const idIn = (value: JsonValue | undefined): string => (isJsonObject(value) ? (asText(value.id) ?? '') : '')

/** Links each pair by the default association; a pair that is linked stays so. */
export const batchAssociate = (call: LinkBatch): VendorAnswer => {
  const { store, clock, fromType, toType } = call
  const inputs = inputsOf(call)
  if (inputs.length === 0 || inputs.length > MAX_LINKS) {
    return refusedAnswer(refusal('VALIDATION_ERROR', `A batch holds 1 to ${MAX_LINKS} links`))
  }
  const results: JsonObject[] = []
  const errors: JsonObject[] = []
  for (const { from, to } of inputs) {
    const [fromId, toId] = [idIn(from), idIn(to)]
    const there = store.get(fromType, fromId) !== undefined && store.get(toType, toId) !== undefined
    if (there && associate(store, { fromType, fromId, toType, toId })) {
      results.push({ from: { id: fromId }, to: { id: toId } })
    } else {
      errors.push(
        refusal('OBJECT_NOT_FOUND', 'One of the objects does not exist', { context: { ids: [fromId, toId] } })
      )
    }
  }
  const at = clock.now().toISOString()
  const times = { startedAt: at, completedAt: at }
  return errors.length === 0
    ? jsonAnswer(200, { status: 'COMPLETE', results, ...times })
    : jsonAnswer(207, { status: 'COMPLETE', results, numErrors: errors.length, errors, ...times })
}

/** Takes all links of each pair away. */
export const batchDissociate = (call: LinkBatch): VendorAnswer => {
  const { store, fromType, toType } = call
  for (const { from, to } of inputsOf(call)) {
    for (const one of Array.isArray(to) ? to : []) {
      store.dissociate({ fromType, fromId: idIn(from), toType, toId: idIn(one) })
    }
  }
  return emptyAnswer(204)
}
