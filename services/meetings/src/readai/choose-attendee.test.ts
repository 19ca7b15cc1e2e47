import t from 'tap'
import { chooseAttendee } from './choose-attendee.ts'

const policy = { ownDomains: ['leadlog.example'], customerDomains: [] }
const nobodySpoke = new Map<string, number>()
const person = (name: string, email: string | null) => ({ name, email })
const dana = person('Dana', 'dana@leadlog.example')

void t.test('an external attendee comes before our own people', (t) => {
  const chosen = chooseAttendee([dana, person('Marco', 'Marco@Northwind.example')], dana, policy, nobodySpoke)
  t.equal(chosen?.email, 'marco@northwind.example')
  t.end()
})

void t.test('a subdomain of an own domain is our own', (t) => {
  const chosen = chooseAttendee(
    [person('Lee', 'lee@sales.leadlog.example'), person('Marco', 'm@northwind.example')],
    null,
    policy,
    nobodySpoke
  )
  t.equal(chosen?.email, 'm@northwind.example')
  t.end()
})

void t.test('of several external attendees a known customer domain wins, then the one who spoke most', (t) => {
  const people = [person('Ann', 'ann@one.example'), person('Bo', 'bo@two.example'), person('Cy', 'cy@three.example')]
  const spoken = new Map([
    ['ann', 10],
    ['bo', 900]
  ])
  t.equal(chooseAttendee(people, null, policy, spoken)?.email, 'bo@two.example')
  t.equal(
    chooseAttendee(people, null, { ...policy, customerDomains: ['three.example'] }, spoken)?.email,
    'cy@three.example'
  )
  t.end()
})

void t.test('with nobody from outside it is any attendee, the owner last', (t) => {
  const lee = person('Lee', 'lee@leadlog.example')
  t.equal(chooseAttendee([dana, lee], dana, policy, nobodySpoke)?.email, 'lee@leadlog.example')
  t.equal(chooseAttendee([dana], dana, policy, nobodySpoke)?.email, 'dana@leadlog.example')
  t.end()
})

void t.test('attendees without an address do not count', (t) => {
  t.equal(chooseAttendee([person('iPhone guest', null)], person('Owner', null), policy, nobodySpoke), undefined)
  t.end()
})
