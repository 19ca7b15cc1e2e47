import { accessEvents, ROLES as GATEWAY_ROLES } from '@leadlog/contracts'
import t from 'tap'
import { actorWord, keyState, namesOf, ROLES, roleWord, scopeWord, SECURITY_KINDS } from './people.ts'

void t.test('every role that there is can be chosen', async (t) => {
  t.same(ROLES.map(({ value }) => value).toSorted(), GATEWAY_ROLES.toSorted())
  t.equal(roleWord('manager'), 'Manager')
})

void t.test('every kind of event about access has a word', async (t) => {
  t.same(SECURITY_KINDS.map(({ value }) => value as string).toSorted(), accessEvents.map(({ type }) => type).toSorted())
})

void t.test('who did something is a name', async (t) => {
  const names = namesOf([
    { id: 'a1', name: 'Ada', email: 'ada@own.example' },
    { id: 'b2', name: null, email: 'bob@own.example' }
  ])
  t.equal(actorWord('user:a1', names), 'Ada')
  t.equal(actorWord('user:b2', names), 'bob@own.example')
  t.notMatch(actorWord('user:gone', names), 'gone')
  t.equal(actorWord('service:gateway', names), 'Leadlog')
  t.match(actorWord('api-key:default', names), /configuration/)
  t.notMatch(actorWord('api-key:k7', names), 'k7')
  t.equal(actorWord('api-key:k7', names, new Map([['k7', 'Key “Export”']])), 'Key “Export”')
})

void t.test('what a key may, and whether it still does', async (t) => {
  t.equal(scopeWord('read'), 'Read everything')
  t.equal(scopeWord('command:crm'), 'Change things: Leads')
  const now = Date.parse('2026-11-30T12:00:00.000Z')
  t.equal(keyState({ expiresAt: null, revokedAt: null }, now), 'active')
  t.equal(keyState({ expiresAt: '2026-11-30T12:00:01.000Z', revokedAt: null }, now), 'active')
  t.equal(keyState({ expiresAt: '2026-11-30T12:00:00.000Z', revokedAt: null }, now), 'expired')
  t.equal(keyState({ expiresAt: null, revokedAt: '2026-11-01T00:00:00.000Z' }, now), 'revoked')
})
