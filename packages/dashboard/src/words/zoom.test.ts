import t from 'tap'
import { scopeWords, whyDisconnected, zoomOutcome } from './zoom.ts'

void t.test('a lost permission says who can give it again, and that the rest goes on', async (t) => {
  t.equal(whyDisconnected({ state: 'connected', because: null }), null)
  t.match(
    whyDisconnected({ state: 'lost', because: 'refused-by-zoom' }),
    /does not know .*connect again; everything else/
  )
  t.match(whyDisconnected({ state: 'disconnected', because: 'asked-here' }), /taken back here.*Connect them/)
})

void t.test('what became of a connection is said in words', async (t) => {
  t.same(zoomOutcome('connected'), { good: true, words: 'Zoom is connected.' })
  t.match(zoomOutcome('MEETINGS_ZOOM_USER_DIFFERS'), { good: false, words: /another Zoom user/ })
  t.match(zoomOutcome('MEETINGS_ZOOM_NOT_AGREED'), { good: false, words: /not agreed/ })
  t.match(zoomOutcome('SOMETHING_NEW'), { good: false, words: /Begin again/ })
})

void t.test('scopes as words', async (t) => {
  t.equal(scopeWords('meeting:write:meeting'), 'write meeting')
  t.equal(scopeWords('meeting:write:meeting:admin'), 'write meeting')
  t.equal(scopeWords('cloud_recording:read:list_user_recordings'), 'read list user recordings')
  t.equal(scopeWords('user:read'), 'read user')
  t.equal(scopeWords('odd'), 'odd')
})
