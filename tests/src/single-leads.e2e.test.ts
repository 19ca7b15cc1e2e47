import t from 'tap'
import { capturedByHand } from './single-leads/captured-by-hand.ts'
import { transcriptFirst } from './single-leads/transcript-first.ts'
import { startTestSystem } from './system/test-system.ts'

void t.test('single leads on a system with nothing else', async (t) => {
  const system = await startTestSystem()
  t.teardown(() => system.stop())
  await t.test('one that was captured by hand is in the read model, the timeline and the CRM, once', (t) =>
    capturedByHand(t, system)
  )
  await t.test('a transcript before its booking gives the same lead as after it', (t) => transcriptFirst(t, system))
})
