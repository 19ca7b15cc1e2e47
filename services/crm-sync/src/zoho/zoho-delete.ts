import { unknownOf, type CallResult } from '../crm-call.ts'
import type { CallOptions, DeleteAnswer } from '../crm-provider.ts'
import { isJsonObject, objectsIn, textIn } from '../vendor-json.ts'
import { recordItems } from './record-items.ts'
import type { ZohoClient } from './zoho-client.ts'

/** As many as Zoho deletes in one call. */
const NOTES_PER_PAGE = 100

/**
 * Deletes the notes of a record, then the record. Both rest in Zoho's recycle bin for 60 days, or until somebody empties
 * it.
 */
export async function deleteZohoRecord(
  client: ZohoClient,
  module: string,
  crmId: string,
  { lane, signal }: CallOptions
): Promise<DeleteAnswer> {
  const call = { lane, credits: 1, signal }
  const remove = (from: string, ids: readonly string[]) =>
    client.call({
      operation: 'delete-record',
      method: 'DELETE',
      path: `/${from}`,
      query: { ids: ids.join(','), wf_trigger: 'false' },
      ...call
    })
  const notes: string[] = []
  for (let page = 1, more = true; more; page++) {
    const query = { fields: 'Note_Title', per_page: String(NOTES_PER_PAGE), page: String(page) }
    const result = await client.call({
      operation: 'find-note',
      method: 'GET',
      path: `/${module}/${crmId}/Notes`,
      query,
      ...call
    })
    if (result.kind !== 'answer') return answerOf(result, crmId)
    const body = isJsonObject(result.body) ? result.body : {}
    notes.push(...objectsIn(body['data']).flatMap((note) => textIn(note, 'id') ?? []))
    more = isJsonObject(body['info']) && body['info']['more_records'] === true
  }
  for (let at = 0; at < notes.length; at += NOTES_PER_PAGE) {
    const result = await remove('Notes', notes.slice(at, at + NOTES_PER_PAGE))
    if (result.kind !== 'answer') return answerOf(result, crmId)
  }
  return answerOf(await remove(module, [crmId]), crmId)
}

function answerOf(result: CallResult, crmId: string): DeleteAnswer {
  const { httpStatus, waitedMs, latencyMs } = result
  const figures = { httpStatus, waitedMs, latencyMs }
  if (result.kind === 'failed') return { outcome: { kind: 'failed', error: result.error }, ...figures }
  if (result.kind === 'unknown') return { outcome: unknownOf(result), ...figures }
  const [item] = isJsonObject(result.body) ? objectsIn(result.body['data']) : []
  if (item === undefined) {
    return { outcome: { kind: 'unknown', reason: 'Zoho did not answer for the record' }, ...figures }
  }
  if (textIn(item, 'status') === 'success') return { outcome: { kind: 'deleted' }, ...figures }
  // What Zoho says of an id that it does not know, or not any more.
  if (textIn(item, 'code') === 'INVALID_DATA') return { outcome: { kind: 'was-gone' }, ...figures }
  const [known] = recordItems(result.body, 1, [crmId]) ?? []
  if (known?.kind === 'refused' || known?.kind === 'failed') return { outcome: known, ...figures }
  return { outcome: { kind: 'unknown', reason: 'Zoho answered for the record in a way that is not known' }, ...figures }
}
