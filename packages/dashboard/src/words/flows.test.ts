import t from 'tap'
import { flowLook } from './flows.ts'

void t.test('a flow says what callers go through, and whether its draft is another', async (t) => {
  const live = { version: 2 }
  t.match(flowLook({ live, draft: { published: true, issueCount: 0 } }), { tone: 'success', word: 'Version 2 live' })
  t.match(flowLook({ live, draft: { published: false, issueCount: 0 } }), { word: 'Version 2 live, newer draft' })
  t.match(flowLook({ live, draft: { published: false, issueCount: 1 } }), {
    tone: 'warning',
    word: 'Version 2 live, draft has 1 problem'
  })
  t.match(flowLook({ live: null, draft: { published: false, issueCount: null } }), { word: 'Draft' })
  t.match(flowLook({ live: null, draft: { published: false, issueCount: 3 } }), { word: 'Draft, 3 problems' })
})
