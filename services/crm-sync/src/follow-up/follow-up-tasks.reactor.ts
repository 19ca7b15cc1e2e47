import { isEvent, LeadEnriched, MeddicExtracted, ObjectQueued, PermanentError, type DataOf } from '@leadlog/contracts'
import { defineReactor } from '@leadlog/service'
import type { CrmName } from '../crm-provider.ts'
import { isErased } from '../lead/domain-values.ts'
import { leadRef, leadStateOf } from '../lead/lead-state.ts'
import { extractionRef } from '../note/note-source.ts'
import type { ObjectMappingSource } from '../object/checked-objects.ts'
import { decideChange } from '../object/decide-change.ts'
import { objectIdOf, objectRef, objectStateOf } from '../object/object.ts'
import { followUpKey, followUpTask } from './follow-up-task.ts'

export interface FollowUpDeps {
  readonly crm: CrmName
  readonly objects: ObjectMappingSource
  /** How many days after the meeting the task is due; null where no tasks follow from meetings. */
  readonly followUpAfterDays: number | null
}

/**
 * A meeting that ended longer ago is history that is read anew, as for a what-if, or handled for the first time, as
 * after the flag was set: nobody waits for its follow-up.
 */
const LONGEST_AGO_MS = 30 * 86_400_000
const AT_ONCE = 4

/** What was agreed in a meeting, or on the phone → one task of the lead, whose words follow the newest reading. */
export const followUpTasks = defineReactor({
  name: 'follow-up-tasks',
  on: [LeadEnriched],
  emits: [ObjectQueued],
  concurrency: AT_ONCE,
  handle: async (event, { crm, objects, followUpAfterDays }: FollowUpDeps, context) => {
    const { kind, leadId, personId, meetingId, extractionId } = event.data
    const mapping = objects.configured('task')
    if (followUpAfterDays === null || mapping === null || kind !== 'meddic') return
    const { events } = await context.load(extractionRef(extractionId))
    // The last one is in force: another reading may have been adopted.
    const reading = events.findLast((one) => isEvent(one, MeddicExtracted))?.data
    if (reading === undefined || isLongAgo(reading, context.clock.now())) return
    if (isErased(leadStateOf((await context.load(leadRef(leadId))).events))) return
    const task = followUpTask(reading, followUpAfterDays)
    if (task === null) return
    const key = followUpKey(leadId, meetingId)
    const result = await context.transact({
      load: [objectRef('task', key)],
      decide: ([history]) => {
        const state = objectStateOf(history?.events ?? [], crm)
        const { dueDate: _mayBeAnotherByNow, ...words } = task
        return decideChange(
          {
            objectId: objectIdOf('task', key),
            kind: 'task',
            key,
            leadId,
            personId,
            provider: crm,
            module: mapping.module,
            lane: 'live',
            causeId: event.id,
            values: state.revision === 0 ? task : words,
            links: {}
          },
          state
        )
      }
    })
    if ('refusal' in result) throw new PermanentError(result.refusal.code, result.refusal.message)
  }
})

function isLongAgo({ observedAt }: DataOf<typeof MeddicExtracted>, now: Date): boolean {
  return now.getTime() - Date.parse(observedAt) > LONGEST_AGO_MS
}
