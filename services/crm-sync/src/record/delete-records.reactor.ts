import { newEvent, ObjectDeleted, PersonErased, RecordDeleted, type DataOf } from '@leadlog/contracts'
import { defineReactor } from '@leadlog/service'
import { deleteObjects } from '../object/delete-objects.ts'
import type { RecordTarget } from './queue-writes.ts'
import type { RecordDeleter } from './record-deleter.ts'
import { recordRef, recordStateOf } from './record.ts'

export interface DeleteRecordsDeps {
  readonly target: RecordTarget
  readonly deleter: RecordDeleter
  /** Nothing is sent; what would be deleted is recorded. */
  readonly dryRun: boolean
}

/** One at a time is enough: erasures are rare. */
const AT_ONCE = 1

/**
 * An erased person → their contacts, deals and tasks, then their CRM record deleted, with their notes. The record's
 * deletion is told last: it says that all is done. Runs after the key is gone, so nothing is written anew.
 */
export const deleteRecords = defineReactor({
  name: 'delete-records',
  on: [PersonErased],
  emits: [RecordDeleted, ObjectDeleted],
  pausedBy: 'crm-writes',
  concurrency: AT_ONCE,
  handle: async (event, { target, deleter, dryRun }: DeleteRecordsDeps, context) => {
    const { leadId, personId, erasureId } = event.data
    await deleteObjects(event.data, { crm: target.provider, deleter, dryRun }, context)
    const state = recordStateOf((await context.load(recordRef(leadId))).events, target.provider)
    const written = await deleter.recordsOf(target.module, leadId)
    const crmIds = [...new Set([...written, ...(state.crmId === null ? [] : [state.crmId])])]
    const record = (
      crmId: string | null,
      outcome: DataOf<typeof RecordDeleted>['outcome'],
      httpStatus: number | null
    ) =>
      context.transact({
        step: `deleted/${crmId ?? 'none'}`,
        load: [recordRef(leadId)],
        decide: () => [
          newEvent(RecordDeleted, leadId, {
            recordId: leadId,
            leadId,
            personId,
            ...target,
            erasureId,
            crmId,
            outcome,
            httpStatus
          })
        ]
      })
    if (crmIds.length === 0) await record(null, 'no-record', null)
    for (const crmId of crmIds) {
      if (dryRun) await record(crmId, 'simulated', null)
      else {
        const options = { lane: 'person' as const, signal: context.signal }
        const { outcome, httpStatus } = await deleter.remove(target.module, crmId, erasureId, options)
        await record(crmId, outcome, httpStatus)
      }
    }
  }
})
