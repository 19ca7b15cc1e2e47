import { isEvent, newEvent, ObjectDeleted, ObjectQueued, type DataOf, type PersonErased } from '@leadlog/contracts'
import type { HandlerContext } from '@leadlog/service'
import type { CrmName } from '../crm-provider.ts'
import type { RecordDeleter } from '../record/record-deleter.ts'

/** Deletes every contact, deal and task that was ever written for the erased person, with their notes. */
export async function deleteObjects(
  { leadId, erasureId }: DataOf<typeof PersonErased>,
  { crm, deleter, dryRun }: { crm: CrmName; deleter: RecordDeleter; dryRun: boolean },
  context: HandlerContext
): Promise<void> {
  for (const { module, objectId, crmId } of await deleter.objectsOf(leadId)) {
    const ref = { context: 'crm-sync', aggregate: 'object', id: objectId }
    const asked = (await context.load(ref)).events.find((event) => isEvent(event, ObjectQueued))
    if (!asked || !isEvent(asked, ObjectQueued)) continue
    const { kind, key, personId } = asked.data
    const removed: Pick<DataOf<typeof ObjectDeleted>, 'outcome' | 'httpStatus'> = dryRun
      ? { outcome: 'simulated', httpStatus: null }
      : await deleter.remove(module, crmId, erasureId, { lane: 'person', signal: context.signal })
    const { outcome, httpStatus } = removed
    const object = { objectId, kind, key, leadId, personId, provider: crm, module }
    await context.transact({
      step: `object-deleted/${objectId}/${crmId}`,
      load: [ref],
      decide: () => [newEvent(ObjectDeleted, objectId, { ...object, erasureId, crmId, outcome, httpStatus })]
    })
  }
}
