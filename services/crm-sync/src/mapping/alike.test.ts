import t from 'tap'
import { mostAlike } from './alike.ts'

void t.test('names that mean the same are found, whatever their spelling', async (t) => {
  const names = ['Pain_Points', 'Painpoints__c', 'Need', 'Budget', 'Owner']
  t.strictSame(mostAlike(['Pain_Point', 'painPoints'], names), ['Pain_Points', 'Painpoints__c'])
  t.strictSame(mostAlike(['Annual_Budget'], names), ['Budget'])
  t.strictSame(mostAlike(['Demo Boked'], ['Demo Booked', 'Demo Complete', 'Lost Lead']), [
    'Demo Booked',
    'Demo Complete'
  ])
})

void t.test('nothing is suggested that has nothing to do with it, and never more than three', async (t) => {
  t.strictSame(mostAlike(['Cheat_Sheet'], ['Phone', 'City']), [])
  t.strictSame(mostAlike(['Need'], []), [])
  t.equal(mostAlike(['Need'], ['Need1', 'Need2', 'Need3', 'Need4']).length, 3)
})
