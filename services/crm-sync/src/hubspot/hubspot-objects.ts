import type { ObjectKind } from '@leadlog/contracts'
import type { CallFailure, CallOptions, CrmProvider, LinkedTo, ObjectToWrite, RecordAnswer } from '../crm-provider.ts'
import { unknownOf, type CallResult } from '../crm-call.ts'
import { isJsonObject, objectsIn, textIn } from '../vendor-json.ts'
import type { HubspotClient } from './hubspot-client.ts'
import { recordRefusal } from './record-refusal.ts'
import type { WriteHubspotRecords } from './hubspot-records.ts'

/** A link between two objects: where it leads, and the ids at its ends. */
interface Link {
  readonly toType: string
  readonly fromId: string
  readonly toId: string
}

/** Writing contacts, deals and tasks: a batch cannot bring links along, so they follow in calls of their own. */
export function createHubspotObjects(
  client: HubspotClient,
  writeRecords: WriteHubspotRecords
): CrmProvider['writeObjects'] {
  /** Links that are there already stay; null where all is well. */
  const link = async (module: string, toType: string, links: readonly Link[], call: CallOptions) => {
    const result = await client.call({
      operation: 'link-records',
      method: 'POST',
      path: `/crm/v4/associations/${encodeURIComponent(module)}/${encodeURIComponent(toType)}/batch/associate/default`,
      json: { inputs: links.map(({ fromId, toId }) => ({ from: { id: fromId }, to: { id: toId } })) },
      ...call
    })
    return new Map(links.map((one) => [one.fromId, linkFailure(result, one)]))
  }

  const unlink = async (module: string, toType: string, links: readonly Link[], call: CallOptions) => {
    const result = await client.call({
      operation: 'unlink-records',
      method: 'POST',
      path: `/crm/v4/associations/${encodeURIComponent(module)}/${encodeURIComponent(toType)}/batch/archive`,
      json: { inputs: links.map(({ fromId, toId }) => ({ from: { id: fromId }, to: [{ id: toId }] })) },
      ...call
    })
    return new Map(links.map(({ fromId }) => [fromId, failureOf(result)]))
  }

  return async ({ kind, module, keyField, emailField }, objects, call) => {
    const answers = await writeRecords(module, objects, { key: keyField, email: emailField, ownId: keyField }, call)
    const failures = new Map<string, CallFailure>()
    const settle = async (links: readonly Link[], change: typeof link) => {
      for (const toType of new Set(links.map((one) => one.toType))) {
        const failed = await change(
          module,
          toType,
          links.filter((one) => one.toType === toType),
          call
        )
        for (const [id, failure] of failed) if (failure !== null) failures.set(id, failure)
      }
    }
    await settle(linksOf(kind, objects, answers, wanted), link)
    await settle(linksOf(kind, objects, answers, given), unlink)
    return answers.map((answer) => withLinks(answer, failures))
  }
}

/** The links of the objects that were written. */
function linksOf(
  kind: ObjectKind,
  objects: readonly ObjectToWrite[],
  answers: readonly RecordAnswer[],
  which: (kind: ObjectKind, object: ObjectToWrite) => readonly (readonly [toType: string, toId: string])[]
): Link[] {
  return objects.flatMap((object, index) => {
    const outcome = answers[index]?.outcome
    if (outcome?.kind !== 'written') return []
    return which(kind, object).map(([toType, toId]) => ({ toType, fromId: outcome.crmId, toId }))
  })
}

/** A lead is a contact: an object without a contact of its own hangs on the lead's. */
function endsOf(kind: ObjectKind, { contact, deal, lead }: LinkedTo): (readonly [string, string])[] {
  if (kind === 'contact') return []
  const person = contact ?? lead
  return [
    ...(person === undefined ? [] : [['contacts', person] as const]),
    ...(deal === undefined || kind === 'deal' ? [] : [['deals', deal] as const])
  ]
}

const wanted = (kind: ObjectKind, { linkedTo }: ObjectToWrite) => endsOf(kind, linkedTo)

/** Links of the last write that are not wanted any more. */
function given(kind: ObjectKind, { linkedTo, formerly }: ObjectToWrite) {
  const now = endsOf(kind, linkedTo)
  return endsOf(kind, formerly).filter(([type, id]) => !now.some(([toType, toId]) => toType === type && toId === id))
}

function linkFailure(result: CallResult, { fromId, toId }: Link): CallFailure | null {
  const failure = failureOf(result)
  if (failure !== null || result.kind !== 'answer') return failure
  const body = isJsonObject(result.body) ? result.body : {}
  if (Number(textIn(body, 'numErrors') ?? 0) === 0) return null
  const linked = objectsIn(body['results']).some(({ from, to }) => idIn(from) === fromId && idIn(to) === toId)
  const message = `link: HubSpot has no record ${toId} any more (OBJECT_NOT_FOUND)`
  return linked ? null : { kind: 'refused', code: 'OBJECT_NOT_FOUND', field: null, message }
}

/** What went wrong with a call as a whole. */
function failureOf(result: CallResult): CallFailure | null {
  if (result.kind === 'failed') return { kind: 'failed', error: result.error }
  if (result.kind === 'unknown') return unknownOf(result)
  if (!isJsonObject(result.body) || textIn(result.body, 'status') !== 'error') return null
  const refusal = recordRefusal(result.body)
  if (refusal.kind !== 'address-taken' && refusal.kind !== 'value-taken') return refusal
  return { kind: 'refused', code: 'CONFLICT', field: null, message: 'link: refused by HubSpot (CONFLICT)' }
}

/** An object without its links is not written yet: the whole is repeated, which changes nothing of what is there. */
function withLinks(answer: RecordAnswer, failures: ReadonlyMap<string, CallFailure>): RecordAnswer {
  const { outcome } = answer
  const failure = outcome.kind === 'written' ? failures.get(outcome.crmId) : undefined
  return failure === undefined ? answer : { ...answer, outcome: failure }
}

function idIn(value: unknown): string | null {
  return isJsonObject(value) ? textIn(value, 'id') : null
}
