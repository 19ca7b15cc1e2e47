import t from 'tap'
import { conferenceName, participantLook } from './conferences.ts'

void t.test('a conference has a name, and who is held or muted is told', (t) => {
  t.equal(conferenceName({ name: 'Transfer', transferOf: 'c1' }), 'A caller is handed over')
  t.equal(conferenceName({ name: 'Monday', transferOf: null }), 'Monday')
  t.equal(conferenceName({ name: null, transferOf: null }), "A flow's conference")
  t.equal(participantLook({ muted: true, hold: true })?.word, 'On hold')
  t.equal(participantLook({ muted: true, hold: false })?.word, 'Muted')
  t.equal(participantLook({ muted: false, hold: false }), null)
  t.end()
})
