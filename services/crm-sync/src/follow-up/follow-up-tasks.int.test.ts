import { isEvent, LeadEnriched, ObjectQueued, WriteTask } from '@leadlog/contracts'
import { eventually } from '@leadlog/testing'
import t, { type Test } from 'tap'
import { bookedLead, readCall, readTranscript } from '../fixtures/lead-story.ts'
import { handlerContext, startCrmSync } from '../fixtures/start-crm-sync.ts'
import { objectRef } from '../object/object.ts'
import { followUpKey } from './follow-up-task.ts'
import { followUpTasks } from './follow-up-tasks.reactor.ts'

const key = followUpKey('person-Marco', 'meeting-Marco')
const now = () => new Date().toISOString()

async function start(t: Test, environment: Record<string, string>) {
  const crm = await startCrmSync(t, { environment: { CRM_OBJECTS: 'task', ...environment } })
  await crm.record('booked', ...bookedLead('Marco'))
  const read = async (nextSteps: string, { cause, observedAt = now() }: { cause: string; observedAt?: string }) => {
    const { extraction, enriched } = readTranscript('Marco', { nextSteps, observedAt, extractionId: cause })
    const recorded = await crm.record(cause, extraction, enriched)
    return recorded.find((event) => isEvent(event, LeadEnriched))
  }
  const tasks = () => crm.state.zoho.list('Tasks')
  return { ...crm, read, tasks }
}

void t.test('a qualified meeting becomes one task, whose words follow the newest reading', async (t) => {
  const crm = await start(t, { ENABLE_FOLLOW_UP_TASKS: 'true', FOLLOW_UP_TASK_DAYS: '5' })
  const event = await crm.read('Send the offer', { cause: 'first' })
  await eventually(() => crm.tasks().length === 1)
  t.match(crm.tasks(), [
    { Subject: 'Follow up: Send the offer', Leadlog_Id: key, Status: 'Not Started', $se_module: 'Leads' }
  ])
  if (!event || !isEvent(event, LeadEnriched)) throw new Error('the lead was enriched')
  const history = async () => (await crm.historyOf(objectRef('task', key))).filter((one) => isEvent(one, ObjectQueued))
  await followUpTasks.handle(event, crm.deps, handlerContext(crm.log, followUpTasks.name, event, 2))
  t.equal((await history()).length, 1, 'handled again it changes nothing')

  const moved = { key, leadId: 'person-Marco', personEmail: 'marco@example.org', dueDate: '2026-12-24' }
  t.match(await crm.command(WriteTask, 'moved', moved), { outcome: 'done' })
  await eventually(() => crm.tasks()[0]?.['Due_Date'] === '2026-12-24')
  await crm.read('Send two offers', { cause: 'second' })
  await eventually(() => crm.tasks()[0]?.['Subject'] === 'Follow up: Send two offers')
  t.match(crm.tasks(), [{ Due_Date: '2026-12-24' }], 'a day that was chosen stays')
  t.equal(crm.tasks().length, 1)

  const endedAt = new Date(Date.now() - 60_000)
  const startedAt = new Date(endedAt.getTime() - 12 * 60_000)
  const times = { startedAt: startedAt.toISOString(), endedAt: endedAt.toISOString() }
  const { callId, transcribed, read } = readCall('Marco', { ...times, nextSteps: 'Call the CFO' })
  await crm.record('transcribed', ...transcribed)
  await crm.record('call-read', ...read)
  await eventually(() => crm.tasks().length === 2)
  const own = { Subject: 'Follow up: Call the CFO', Leadlog_Id: followUpKey('person-Marco', callId) }
  t.match(
    crm.tasks().filter((task) => task['Leadlog_Id'] === own.Leadlog_Id),
    [own],
    'a call has a task of its own'
  )
  const minute = times.startedAt.slice(0, 16).replace('T', ' ')
  const title = `MEDDIC of the phone call on ${minute} UTC`
  const notes = () => crm.state.zoho.list('Notes').filter((note) => note['Note_Title'] === title)
  await eventually(() => notes().length === 1)
  t.match(notes()[0]?.['Note_Content'], /^Phone call: from the customer \(12 minutes\)\n[^]*Next steps: Call the CFO\n/)
})

void t.test('no task follows from nothing, from what is long ago, and without the flag', async (t) => {
  const on = await start(t, { ENABLE_FOLLOW_UP_TASKS: 'true' })
  const off = await start(t, {})
  const cases = [
    [on, await on.read('', { cause: 'nothing' })],
    [on, await on.read('Send the offer', { cause: 'old', observedAt: '2020-11-18T16:30:00Z' })],
    [off, await off.read('Send the offer', { cause: 'off' })]
  ] as const
  for (const [crm, event] of cases) {
    if (!event || !isEvent(event, LeadEnriched)) throw new Error('the lead was enriched')
    await followUpTasks.handle(event, crm.deps, handlerContext(crm.log, followUpTasks.name, event))
    t.strictSame(await crm.historyOf(objectRef('task', key)), [])
  }
  await t.rejects(startCrmSync(t, { environment: { ENABLE_FOLLOW_UP_TASKS: 'true' } }), {
    message: /ENABLE_FOLLOW_UP_TASKS.*task.*CRM_OBJECTS/
  })
})
