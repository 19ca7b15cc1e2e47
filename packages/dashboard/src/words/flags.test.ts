import t from 'tap'
import { flagWords, switcherWord } from './flags.ts'

void t.test('a flag says what waits because of it; an unknown one is told in the words of the gateway', async (t) => {
  const writes = flagWords({ flag: 'crm-writes', off: '' })
  t.equal(writes.concerned(0), 'Nothing waits yet.')
  t.equal(writes.concerned(1), '1 write waits because it is off.')
  t.equal(writes.concerned(2), '2 writes wait because it is off.')
  t.match(flagWords({ flag: 'new-thing', off: 'nothing happens' }), {
    name: 'New thing',
    off: 'While it is off: nothing happens.'
  })
})

void t.test('who switched it is named to admins', async (t) => {
  t.equal(switcherWord('user:a1', new Map([['a1', 'Ada']])), 'Ada')
  t.equal(switcherWord('user:a1', null), 'an admin')
  t.equal(switcherWord('api-key:default', null), 'the API key of the configuration')
})
