import t from 'tap'
import { colleaguesOf, isHandedOver, mayTransfer, transferWords } from './transfers.ts'

const at = '2026-11-30T10:00:00Z'
const transfer = (stage: Parameters<typeof transferWords>[0]['stage'], to: string | null = '+14155550177') => ({
  transferId: 't1',
  conferenceId: 'f1',
  dialId: 'd1',
  to,
  why: 'the contract',
  completionRequested: false,
  stage,
  requestedAt: at,
  stageAt: at
})
const step = (kind: string) => ({ id: 's', kind, label: null, queue: null, since: at })
const call = {
  live: true,
  fellBack: null,
  step: step('dial'),
  transfer: null,
  flow: { flowId: 'f', version: 1, name: null },
  dialId: null,
  status: 'in-progress' as const
}

void t.test('a caller who talks to one of us can be handed over, once at a time', (t) => {
  t.ok(mayTransfer(call))
  t.notOk(mayTransfer({ ...call, step: step('queue') }))
  t.notOk(mayTransfer({ ...call, live: false }))
  t.notOk(mayTransfer({ ...call, fellBack: { reason: 'DEAD_END', number: null, at } }))
  for (const stage of ['moving', 'calling', 'introducing'] as const) {
    t.notOk(mayTransfer({ ...call, transfer: transfer(stage) }), stage)
    t.ok(isHandedOver(transfer(stage)))
  }
  t.ok(mayTransfer({ ...call, step: null, transfer: transfer('with-colleague') }), 'on to the next one')
  t.ok(mayTransfer({ ...call, step: null, flow: null, dialId: 'd' }), 'a call of ours that rang one of us')
  t.notOk(mayTransfer({ ...call, step: null, flow: null, dialId: 'd', status: 'ringing' as const }))
  t.end()
})

void t.test('every stage has its words, also without the number', (t) => {
  t.equal(transferWords(transfer('calling')), 'On hold while +14155550177 rings')
  t.equal(transferWords(transfer('introducing', null)), 'On hold while you talk to a colleague')
  t.match(transferWords(transfer('with-agent')), /did not come$/)
  t.equal(transferWords(transfer('over')), null)
  t.end()
})

void t.test('who took over lately is offered first, and once', (t) => {
  const taken = (to: string | null, requestedAt: string) => ({ transfer: { ...transfer('over', to), requestedAt } })
  t.same(
    colleaguesOf([
      taken('+1', '2026-11-30T10:00:00Z'),
      { transfer: null },
      taken('+2', '2026-11-30T11:00:00Z'),
      taken('+1', '2026-11-30T12:00:00Z'),
      taken(null, '2026-11-30T13:00:00Z')
    ]),
    ['+1', '+2']
  )
  t.end()
})
