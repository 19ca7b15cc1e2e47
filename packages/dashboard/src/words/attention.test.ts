import t from 'tap'
import { tasksOf } from './attention.ts'

const QUIET = {
  deadLetters: 0,
  deadLetterGroups: 0,
  refusedWrites: 0,
  unknownWrites: 0,
  stuck: 0,
  parkedPayments: 0,
  parkedRows: 0
}

void t.test('a quiet day has nothing to do, and each trouble leads to its rows', async (t) => {
  t.same(tasksOf(QUIET), [])
  t.match(tasksOf({ ...QUIET, deadLetters: 12, deadLetterGroups: 1, refusedWrites: 1, stuck: 2, parkedPayments: 1 }), [
    { words: '12 dead letters', why: /^1 kind of failure/, to: '/dead-letters' },
    { words: '1 payment parked', to: '/payments', search: { state: 'parked' } },
    { words: '1 lead refused by the CRM', to: '/leads', search: { crmState: 'refused' } },
    { words: '2 events under way for long', to: '/inbox', search: { status: 'queued,processing' } }
  ])
})
