import { unknownOf } from '../crm-call.ts'
import type { CrmProvider, NoteToWrite } from '../crm-provider.ts'
import { hasReference } from '../note/note-identity.ts'
import { recordItems } from './record-items.ts'
import type { ZohoClient } from './zoho-client.ts'
import { zohoListOf } from './zoho-list.ts'
import { isJsonObject, objectsIn, textIn } from '../vendor-json.ts'

/** The first version in which a note names its parent's module inside `Parent_Id`. */
const PARENT_NAMES_MODULE_FROM = 5
const NOTES_PER_PAGE = 200

/** Writing notes and finding them again. */
export function createZohoNotes(
  client: ZohoClient,
  apiVersion: string
): Pick<CrmProvider, 'createNote' | 'findNote' | 'noteValues'> {
  const parentNamesModule = Number(apiVersion.replace(/^v/, '')) >= PARENT_NAMES_MODULE_FROM

  const noteValues = ({ title, content }: Pick<NoteToWrite, 'title' | 'content'>) => ({
    Note_Title: title,
    Note_Content: content
  })

  const noteBody = (module: string, { crmId, ...text }: NoteToWrite) => ({
    ...noteValues(text),
    ...(parentNamesModule
      ? { Parent_Id: { id: crmId, module: { api_name: module } } }
      : { Parent_Id: crmId, $se_module: module })
  })

  return {
    noteValues,

    async createNote(module, note, { lane, signal }) {
      const call = { operation: 'create-note', method: 'POST', path: '/Notes', credits: 1 } as const
      const result = await client.call({ ...call, json: { data: [noteBody(module, note)] }, lane, signal })
      const { httpStatus, waitedMs, latencyMs } = result
      const figures = { httpStatus, waitedMs, latencyMs }
      if (result.kind === 'failed') return { outcome: { kind: 'failed', error: result.error }, ...figures }
      if (result.kind === 'unknown') return { outcome: unknownOf(result), ...figures }
      const item = recordItems(result.body, 1, [null])?.[0]
      switch (item?.kind) {
        case undefined:
          return { outcome: { kind: 'unknown', reason: 'Zoho did not answer for the note' }, ...figures }
        case 'written':
          return { outcome: { kind: 'written', crmNoteId: item.crmId }, ...figures }
        case 'duplicate':
          return { outcome: { kind: 'written', crmNoteId: item.crmId }, ...figures }
        case 'refused':
        case 'failed':
        case 'unknown':
          return { outcome: item, ...figures }
      }
    },

    async findNote(module, crmId, reference, { lane, signal }) {
      for (let page = 1; ; page++) {
        const result = await client.call({
          operation: 'find-note',
          method: 'GET',
          path: `/${module}/${crmId}/Notes`,
          query: { fields: 'Note_Title,Note_Content', per_page: String(NOTES_PER_PAGE), page: String(page) },
          lane,
          credits: 1,
          signal
        })
        const body = zohoListOf(result, `notes of ${module}`)
        const found = objectsIn(body['data']).find((note) =>
          hasReference(textIn(note, 'Note_Content') ?? '', reference)
        )
        if (found !== undefined) return textIn(found, 'id')
        const info = isJsonObject(body['info']) ? body['info'] : {}
        if (info['more_records'] !== true) return null
      }
    }
  }
}
