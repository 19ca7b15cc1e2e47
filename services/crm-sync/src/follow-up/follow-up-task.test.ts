import t from 'tap'
import { readTranscript } from '../fixtures/lead-story.ts'
import { followUpKey, followUpTask } from './follow-up-task.ts'

// A Wednesday.
const ENDED = '2026-11-18T16:30:00Z'
const reading = (nextSteps: string, observedAt = ENDED, risks = '') =>
  readTranscript('Marco', { nextSteps, risks, observedAt }).reading

void t.test('what was agreed becomes a task with its words, due on a working day', async (t) => {
  t.strictSame(followUpTask(reading('Send the offer\n by Friday', ENDED, 'Budget'), 2), {
    subject: 'Follow up: Send the offer by Friday',
    dueDate: '2026-11-20',
    note: 'Agreed: Send the offer\n by Friday\nRisks: Budget'
  })
  t.match(followUpTask(reading('x'), 3), { dueDate: '2026-11-23' }, 'Saturday becomes Monday')
  t.match(followUpTask(reading('x'), 4), { dueDate: '2026-11-23' }, 'Sunday becomes Monday')
  t.match(followUpTask(reading('x'), 0), { dueDate: '2026-11-18' })
})

void t.test('nothing agreed is no task; a long text is cut in the subject only', async (t) => {
  t.equal(followUpTask(reading('  '), 2), null)
  const long = 'offer '.repeat(100).trim()
  const task = followUpTask(reading(long), 2)
  t.equal(String(task?.['subject']).length <= 120, true)
  t.match(task?.['note'], new RegExp(long))
})

void t.test('a meeting of a lead has one follow-up', async (t) => {
  t.equal(followUpKey('lead', 'meeting'), followUpKey('lead', 'meeting'))
  t.not(followUpKey('lead', 'meeting'), followUpKey('lead', 'other'))
  t.match(followUpKey('lead', 'meeting'), /^[A-Za-z0-9_-]{1,64}$/)
})
