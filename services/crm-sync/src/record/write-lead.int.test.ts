import { commandId, isEvent, RecordWritten, WriteLead, WriteQueued } from '@leadlog/contracts'
import { eventually } from '@leadlog/testing'
import t from 'tap'
import { bookedLead } from '../fixtures/lead-story.ts'
import { startCrmSync } from '../fixtures/start-crm-sync.ts'
import { recordRef } from './record.ts'

/** Longer than anything takes; who waits so long was not told. */
const LONG_MS = 60_000
const actor = 'user:ada'

void t.test(
  'a record is written when somebody asks for it, before what nobody waits for, and once a key',
  async (t) => {
    const crm = await startCrmSync(t)
    await crm.record('lead', ...bookedLead('Marco'))
    const leadId = 'person-Marco'
    const history = () => crm.historyOf(recordRef(leadId))
    await eventually(async () => (await history()).some((event) => isEvent(event, RecordWritten)))

    const ask = async (key: string, lead = leadId) => {
      const id = commandId(actor, WriteLead, key)
      await crm.log.sendCommand({ command: WriteLead, id, data: { leadId: lead }, actor })
      return crm.log.awaitOutcome(id, LONG_MS)
    }
    const outcome = await ask('1')
    t.match(outcome, { outcome: 'done', result: { writeId: /./ } })
    const { writeId } = outcome?.result as { writeId: string }
    const queued = (await history()).filter((event) => isEvent(event, WriteQueued))
    t.match(queued.at(-1), { actor, data: { writeId, lane: 'person' } })
    await eventually(async () =>
      (await history()).some((event) => isEvent(event, RecordWritten) && event.data.writeIds.includes(writeId))
    )
    t.match(await ask('1'), { outcome: 'done', result: { writeId } }, 'the same key is the same write')
    t.equal((await history()).filter((event) => isEvent(event, WriteQueued)).length, queued.length)
    t.match(await ask('2', 'nobody'), { outcome: 'refused', code: 'CRM_SYNC_LEAD_UNKNOWN' })
  }
)
