import { derivedId, newEvent, ObjectQueued, refuse, type DataOf, type NewEvent, type Refusal } from '@leadlog/contracts'
import { initialObjectState, type ObjectState } from './object.ts'

/** A change of an object as a command asks for it. */
export type AskedChange = Omit<DataOf<typeof ObjectQueued>, 'writeId'>

/** What an object of each kind cannot be made without. A contact needs no address: it is found by its key. */
const compulsory = { contact: ['lastName'], deal: ['name', 'stage'], task: ['subject', 'dueDate'] } as const

/** What a new object of each kind is where nothing else is said. */
const atFirst: Partial<Record<AskedChange['kind'], AskedChange['values']>> = { task: { status: 'not-started' } }

/** One change for one cause; nothing where it was asked before. Refuses what no CRM could hold. */
export function decideChange(asked: AskedChange, state: ObjectState = initialObjectState): NewEvent[] | Refusal {
  const { kind, key, leadId, objectId, causeId, values } = asked
  if (state.leadId !== null && state.leadId !== leadId) {
    return refuse('CRM_SYNC_OBJECT_OF_ANOTHER_LEAD', `The ${kind} ${key} belongs to another lead. Choose another key`)
  }
  const writeId = changeIdOf(objectId, causeId)
  if (state.known.has(writeId)) return []
  const after = { ...state.values, ...values }
  const missing = compulsory[kind].filter((field) => typeof after[field] !== 'string')
  const noCurrency = typeof after['amount'] === 'number' && typeof after['currency'] !== 'string' ? ['currency'] : []
  const lacking = [...missing, ...noCurrency]
  if (lacking.length > 0) {
    return refuse(
      'CRM_SYNC_OBJECT_INCOMPLETE',
      `The ${kind} ${key} cannot be without ${lacking.join(', ')}. Give it too`
    )
  }
  const given = state.revision === 0 ? { ...atFirst[kind], ...values } : values
  return [newEvent(ObjectQueued, objectId, { ...asked, values: given, writeId })]
}

export function changeIdOf(objectId: string, causeId: string): string {
  return derivedId('crm-object-write', objectId, causeId)
}
