import t from 'tap'
import { sieveOf } from './sieve.ts'

void t.test('one filter, none, and exact subjects are the server’s', async (t) => {
  t.strictSame(sieveOf([]).filters, [])
  t.strictSame(sieveOf(['evt.crm.>']).filters, ['evt.crm.>'])
  t.strictSame(sieveOf(['evt.crm.lead.1', 'evt.crm.>']).filters, ['evt.crm.lead.1', 'evt.crm.>'])
  for (const subjects of [[], ['evt.crm.>'], ['a', 'b']]) t.ok(sieveOf(subjects).wants('evt.meetings.meeting.1'))
})

void t.test('several filters with wildcards are applied as the server would', async (t) => {
  const { filters, wants } = sieveOf(['evt.crm.lead.>', 'evt.*.meeting.*'])
  t.strictSame(filters, [])
  for (const subject of ['evt.crm.lead.1', 'evt.crm.lead.1.2', 'evt.meetings.meeting.1']) t.ok(wants(subject), subject)
  for (const subject of ['evt.crm.lead', 'evt.crm.leads.1', 'evt.meetings.meeting', 'evt.meetings.meeting.1.2', 'evt'])
    t.notOk(wants(subject), subject)
})
