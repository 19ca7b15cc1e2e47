import t from 'tap'
import { addressOf } from './address.ts'

void t.test('parameters are put in encoded; what is not asked for is left out', async (t) => {
  t.equal(
    addressOf('/v1/leads/{id}/timeline', { id: 'a/b c' }, { limit: 20, kind: undefined, cursor: '' }),
    '/v1/leads/a%2Fb%20c/timeline?limit=20'
  )
  t.equal(addressOf('/v1/leads', {}, { q: 'a&b=c' }), '/v1/leads?q=a%26b%3Dc')
  t.throws(() => addressOf('/v1/leads/{id}'), /needs id/)
})
