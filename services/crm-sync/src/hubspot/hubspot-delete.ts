import { unknownOf, type CallResult } from '../crm-call.ts'
import type { CallOptions, DeleteAnswer } from '../crm-provider.ts'
import { isJsonObject, objectsIn, textIn } from '../vendor-json.ts'
import type { HubspotClient } from './hubspot-client.ts'

const LINKS_PER_PAGE = 500

/**
 * Deletes the notes that hang on a record, then the record: HubSpot keeps notes by themselves. It answers the same for
 * what is gone already. What was deleted can be restored in HubSpot for 90 days.
 */
export async function deleteHubspotRecord(
  client: HubspotClient,
  module: string,
  crmId: string,
  call: CallOptions
): Promise<DeleteAnswer> {
  const remove = (type: string, id: string) =>
    client.call({
      operation: 'delete-record',
      method: 'DELETE',
      path: `/crm/v3/objects/${encodeURIComponent(type)}/${encodeURIComponent(id)}`,
      ...call
    })
  const notes: string[] = []
  for (let after: string | null = ''; after !== null;) {
    const links = await client.call({
      operation: 'find-note',
      method: 'GET',
      path: `/crm/v4/objects/${encodeURIComponent(module)}/${encodeURIComponent(crmId)}/associations/notes`,
      query: { limit: String(LINKS_PER_PAGE), ...(after === '' ? {} : { after }) },
      ...call
    })
    if (links.kind !== 'answer') return answerOf(links)
    const body = isJsonObject(links.body) ? links.body : {}
    notes.push(...objectsIn(body['results']).flatMap((link) => textIn(link, 'toObjectId') ?? []))
    const paging = isJsonObject(body['paging']) ? body['paging'] : {}
    after = isJsonObject(paging['next']) ? textIn(paging['next'], 'after') : null
  }
  for (const id of notes) {
    const result = await remove('notes', id)
    if (result.kind !== 'answer') return answerOf(result)
  }
  return answerOf(await remove(module, crmId))
}

function answerOf(result: CallResult): DeleteAnswer {
  const { httpStatus, waitedMs, latencyMs } = result
  const figures = { httpStatus, waitedMs, latencyMs }
  if (result.kind === 'failed') return { outcome: { kind: 'failed', error: result.error }, ...figures }
  if (result.kind === 'unknown') return { outcome: unknownOf(result), ...figures }
  return { outcome: { kind: 'deleted' }, ...figures }
}
