import t from 'tap'
import { may, seesOwnOnly, whyNot, type Need, type Rights } from './access.ts'

const NEEDS: readonly Need[] = ['nothing', 'session', 'leads', 'operations', 'commands', 'admin']
const allowed = (rights: Rights): Need[] => NEEDS.filter((need) => may(rights, need))

void t.test('what each may', async (t) => {
  const user = { id: 'u' }
  t.same(allowed({ scopes: ['read'], reads: 'own', user }), ['nothing', 'session', 'leads'])
  t.same(
    allowed({ scopes: ['read', 'personal', 'command'], reads: 'all', user }),
    NEEDS.filter((need) => need !== 'admin')
  )
  t.same(allowed({ scopes: ['read', 'personal', 'command', 'admin'], reads: 'admin', user }), NEEDS)
  t.same(
    allowed({ scopes: ['read'], reads: 'all', user: null }),
    ['nothing', 'leads', 'operations'],
    'a key that only reads has no session'
  )
  t.same(allowed({ scopes: [], reads: 'own', user: null }), ['nothing'])
})

void t.test('who sees only their own leads', async (t) => {
  t.ok(seesOwnOnly({ scopes: ['read'], reads: 'own', user: {} }))
  t.notOk(seesOwnOnly({ scopes: ['read'], reads: 'all', user: {} }))
})

void t.test('every refusal has its own reason, and says who can change it', async (t) => {
  for (const need of NEEDS) t.match(whyNot(need), /admin|person who is signed in/, need)
})
