import t from 'tap'
import { testGateway } from '../fixtures/test-gateway.ts'
import type { WorkThread } from '../work/worker/work-thread.ts'

/** A thread that writes down what it is asked. */
function recording() {
  const asked: { task: string; order: object }[] = []
  const thread: WorkThread = ({ task, order }) => {
    asked.push({ task, order })
    const estimate = { calls: 0, kept: 0, inputTokens: 0, outputTokens: 0, costMicroUsd: 0 }
    return Promise.resolve({ readings: 3, leads: 2, estimate })
  }
  return { asked, thread }
}

void t.test('a what-if is counted, started and applied in words that a person can mend', async (t) => {
  const { asked, thread } = recording()
  const gateway = await testGateway(t, { deps: { thread } })
  const start = (body: object, key: string) => gateway.post('/v1/what-ifs', body, { 'idempotency-key': key })
  const wanted = { description: 'another field', maxCostMicroUsd: 0 }

  t.match(await gateway.post('/v1/what-ifs/estimate', {}), { status: 400, body: { code: 'WHATIF_VARIANT_INVALID' } })
  t.match(await start(wanted, 'nothing'), { status: 400, body: { code: 'WHATIF_VARIANT_INVALID' } })
  t.equal((await start({ ...wanted, description: ' ', reader: { provider: 'rules' } }, 'why')).status, 400)
  t.equal(
    (await start({ ...wanted, variables: { PATH: 'x' } }, 'variable')).status,
    400,
    'variables of the mapping only'
  )
  t.same(asked, [], 'nobody was asked')

  const question = { variables: { ZCF_BUDGET: 'Annual_Budget' }, kinds: ['lead-intel'], limit: 3 }
  t.match(await gateway.post('/v1/what-ifs/estimate', question), { status: 200, body: { readings: 3, leads: 2 } })
  t.match(asked, [
    {
      task: 'what-if-estimate',
      order: {
        variant: { reader: null, mapping: { document: null, variables: question.variables } },
        selection: { from: null, to: null, kinds: ['lead-intel'], leadIds: null, limit: 3 }
      }
    }
  ])
  const started = await start({ ...wanted, ...question }, 'once')
  t.match(started, { status: 202, headers: { location: /^\/v1\/what-ifs\// } })
  const { id, after } = started.body as { id: string; after: number }
  t.match((await gateway.get(`/v1/what-ifs/${id}?after=${String(after)}`)).body, {
    kind: 'what-if',
    description: 'another field',
    order: { maxCostMicroUsd: 0, selection: { limit: 3 } }
  })
  const apply = await gateway.post(`/v1/what-ifs/${id}/apply`, { leadIds: ['x1'] }, { 'idempotency-key': 'apply' })
  t.match(apply, { status: 409, body: { code: 'WHATIF_NOT_APPLICABLE' } }, 'what has not ended is not applied')
  t.match(await gateway.get('/v1/what-ifs/none/records'), { status: 404, body: { code: 'WORK_UNKNOWN' } })
})
