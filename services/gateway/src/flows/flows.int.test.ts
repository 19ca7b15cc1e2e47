import { FlowDraftSaved, FlowPublished, FlowRolledBack, FlowValidated, NumberAssigned } from '@leadlog/contracts'
import t from 'tap'
import { call, OURS, publishFlow, SMALL_FLOW } from '../fixtures/call-story.ts'
import { createStory } from '../fixtures/story.ts'
import { testGateway } from '../fixtures/test-gateway.ts'

void t.test(
  'a flow is told with its draft, what is wrong with it, and every version; numbers with who answers',
  async (t) => {
    const story = createStory('2026-11-18T09:00:00.000Z')
    const flowId = 'reception'
    const assigned = publishFlow(story)
    const gateway = await testGateway(t)
    await gateway.tell(story.events)
    const told = story.events.length
    t.match((await gateway.get('/v1/flows')).body, {
      data: [
        {
          id: flowId,
          name: 'Reception',
          live: { version: 1, reason: null },
          numbers: [OURS],
          draft: { number: 1, published: true, issueCount: 0 }
        }
      ],
      nextCursor: null
    })

    const second = { ...SMALL_FLOW, start: null }
    story.emit(FlowDraftSaved, flowId, { flowId, draft: 2, name: 'Front desk', document: second }, assigned)
    const issue = { code: 'START_MISSING' as const, step: null, path: '/start', message: 'name the first step' }
    story.emit(FlowValidated, flowId, { flowId, draft: 2, issues: [issue] }, assigned)
    story.emit(FlowPublished, flowId, { flowId, version: 2, draft: 2, name: 'Front desk', document: second }, assigned)
    story.emit(FlowRolledBack, flowId, { flowId, fromVersion: 2, toVersion: 1, reason: 'nobody answers' }, assigned)
    story.emit(NumberAssigned, '16465550101', { number: '+16465550101', flowId: null }, assigned)
    const unassigned = call(story, 'CA1', '+14155550142', null, null)
    await gateway.tell(story.events.slice(told))
    t.match((await gateway.get(`/v1/flows/${flowId}`)).body, {
      name: 'Front desk',
      live: { version: 1, draft: 1, reason: 'nobody answers' },
      draft: { number: 2, published: false, document: { start: null }, issues: [issue] },
      versions: [
        { version: 2, name: 'Front desk', document: { start: null } },
        { version: 1, name: 'Reception', document: { start: 'greeting' } }
      ]
    })
    t.match((await gateway.get(`/v1/flows/${flowId}/versions/1`)).body, { flowId, version: 1, draft: 1 })
    t.match(await gateway.get(`/v1/flows/${flowId}/versions/3`), {
      status: 404,
      body: { code: 'FLOW_VERSION_UNKNOWN' }
    })
    t.match(await gateway.get(`/v1/flows/${flowId}/versions/x`), { status: 400, body: { code: 'VERSION_INVALID' } })
    t.match(await gateway.get('/v1/flows/none'), { status: 404, body: { code: 'FLOW_UNKNOWN' } })
    t.match((await gateway.get('/v1/phone-numbers')).body, {
      data: [
        { number: OURS, flow: { flowId, name: 'Front desk', version: 1 }, since: assigned.time },
        { number: '+16465550101', flow: null, since: String }
      ]
    })
    t.equal(unassigned.received.data.to, OURS)
  }
)
