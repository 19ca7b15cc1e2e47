import t from 'tap'
import { redriveVerdict } from './redrive.ts'

const all = {
  total: 5,
  simulated: 5,
  resolved: 5,
  failedAgain: 0,
  failedOtherwise: 0,
  refused: 0,
  remaining: 0,
  stopped: null
}

void t.test('a redrive is told in a sentence', (t) => {
  t.strictSame(redriveVerdict(all, null), { tone: 'success', text: 'All 5 messages went through.' })
  t.strictSame(redriveVerdict({ ...all, resolved: 3, refused: 2 }, null), {
    tone: 'success',
    text: '3 messages went through, 2 messages had been closed or had gone before.'
  })
  t.strictSame(redriveVerdict({ ...all, resolved: 4, failedOtherwise: 1 }, null), {
    tone: 'warning',
    text: '4 messages went through; 1 message failed in another way and stayed open.'
  })
  const stopped = { because: 'same-failure', phase: 'canary' }
  t.strictSame(redriveVerdict({ ...all, resolved: 0, failedAgain: 1, remaining: 4, stopped }, 'Zoho answered 503'), {
    tone: 'danger',
    text: 'Stopped: the same error came again. None went through. 4 messages left untouched. Zoho answered 503'
  })
  t.match(redriveVerdict({ ...all, resolved: 0, remaining: 5, stopped: { ...stopped, phase: 'simulate' } }, null), {
    text: /dry run, so nothing was sent/
  })
  t.match(redriveVerdict({ ...all, stopped: { because: 'aborted', phase: 'rest' } }, null), { tone: 'warning' })
  t.match(redriveVerdict(null, 'no keyring'), { tone: 'danger', text: 'no keyring' })
  t.end()
})
