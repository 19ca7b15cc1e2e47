import t from 'tap'
import { eventRegistry } from '../event-catalogue.ts'
import { PersonErased } from './person-erased.ts'

void t.test('an erasure from before there were calls is read as one that names none', (t) => {
  const data = {
    erasureId: 'e1',
    personId: 'p1',
    leadId: 'p1',
    meetingIds: ['m1'],
    crmWriteIds: ['w1'],
    eventIds: ['1', '2']
  }
  t.same(eventRegistry.upcast('privacy.PersonErased.v1', data), {
    type: PersonErased.type,
    data: { ...data, callIds: [], callerIds: [] }
  })
  t.end()
})
