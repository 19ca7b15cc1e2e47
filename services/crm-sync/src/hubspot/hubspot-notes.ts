import { PermanentError } from '@leadlog/contracts'
import { bodyRead, unknownOf, type CallResult } from '../crm-call.ts'
import { noCall } from '../call-figures.ts'
import type { CallOptions, CrmProvider } from '../crm-provider.ts'
import { hasReference } from '../note/note-identity.ts'
import { isJsonObject, objectsIn, textIn, type JsonObject } from '../vendor-json.ts'
import type { HubspotClient } from './hubspot-client.ts'
import { hubspotErrors } from './hubspot-errors.ts'
import { noteHtml, noteText } from './note-html.ts'
import { recordRefusal } from './record-refusal.ts'

/** HubSpot's own types of the association from a note to what it hangs on. */
const noteTo: Readonly<Record<string, number>> = { contacts: 202, deals: 214 }

const LINKS_PER_PAGE = 500
const NOTES_PER_READ = 100

/** Writing notes and finding them again. */
export function createHubspotNotes(
  client: HubspotClient,
  now: () => number
): Pick<CrmProvider, 'createNote' | 'findNote' | 'noteValues'> {
  const noteValues: CrmProvider['noteValues'] = (note) => ({ hs_note_body: noteHtml(note) })

  /** Ids of the notes that hang on a record, page by page; the links are there as soon as the notes are. */
  async function* notesOn(module: string, crmId: string, call: CallOptions): AsyncGenerator<string[]> {
    for (let after: string | null = '0'; after !== null;) {
      const result = await client.call({
        operation: 'find-note',
        method: 'GET',
        path: `/crm/v4/objects/${encodeURIComponent(module)}/${encodeURIComponent(crmId)}/associations/notes`,
        query: { limit: String(LINKS_PER_PAGE), ...(after === '0' ? {} : { after }) },
        ...call
      })
      const body = bodyOf(result)
      yield objectsIn(body['results']).flatMap((link) => textIn(link, 'toObjectId') ?? [])
      after = nextPage(body)
    }
  }

  const readNotes = async (ids: readonly string[], call: CallOptions): Promise<JsonObject[]> => {
    const result = await client.call({
      operation: 'find-note',
      method: 'POST',
      path: '/crm/v3/objects/notes/batch/read',
      json: { properties: ['hs_note_body'], inputs: ids.map((id) => ({ id })) },
      effect: 'read',
      ...call
    })
    return objectsIn(bodyOf(result)['results'])
  }

  return {
    noteValues,

    async createNote(module, { crmId, ...text }, call) {
      const typeId = noteTo[module]
      if (typeId === undefined) {
        const message = `HubSpot notes cannot hang on ${module}. Let the mapping's module be contacts`
        const error = new PermanentError(hubspotErrors.rejected, message)
        return { outcome: { kind: 'failed', error }, ...noCall }
      }
      const result = await client.call({
        operation: 'create-note',
        method: 'POST',
        path: '/crm/v3/objects/notes',
        json: {
          properties: { hs_timestamp: new Date(now()).toISOString(), ...noteValues(text) },
          associations: [
            {
              to: { id: crmId },
              types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: typeId }]
            }
          ]
        },
        ...call
      })
      const { httpStatus, waitedMs, latencyMs } = result
      const figures = { httpStatus, waitedMs, latencyMs }
      if (result.kind === 'failed') return { outcome: { kind: 'failed', error: result.error }, ...figures }
      if (result.kind === 'unknown') return { outcome: unknownOf(result), ...figures }
      const body = isJsonObject(result.body) ? result.body : {}
      const crmNoteId = textIn(body, 'id')
      if (crmNoteId !== null) return { outcome: { kind: 'written', crmNoteId }, ...figures }
      if (textIn(body, 'status') !== 'error') {
        return { outcome: { kind: 'unknown', reason: 'HubSpot did not answer for the note' }, ...figures }
      }
      const refusal = recordRefusal(body)
      if (refusal.kind !== 'address-taken' && refusal.kind !== 'value-taken') return { outcome: refusal, ...figures }
      const message = 'note: another note has the same value'
      return { outcome: { kind: 'refused', code: 'CONFLICT', field: null, message }, ...figures }
    },

    async findNote(module, crmId, reference, call) {
      for await (const ids of notesOn(module, crmId, call)) {
        for (let from = 0; from < ids.length; from += NOTES_PER_READ) {
          const notes = await readNotes(ids.slice(from, from + NOTES_PER_READ), call)
          const found = notes.find((note) => {
            const properties = isJsonObject(note['properties']) ? note['properties'] : {}
            return hasReference(noteText(textIn(properties, 'hs_note_body') ?? ''), reference)
          })
          if (found !== undefined) return textIn(found, 'id')
        }
      }
      return null
    }
  }
}

/** @throws TransientError, PermanentError */
function bodyOf(result: CallResult): JsonObject {
  const body = bodyRead(result, hubspotErrors.unavailable)
  return isJsonObject(body) ? body : {}
}

function nextPage({ paging }: JsonObject): string | null {
  const next = isJsonObject(paging) && isJsonObject(paging['next']) ? paging['next'] : {}
  return textIn(next, 'after')
}
