import type { Test } from 'tap'
import { sampleDay, sendDeliveries } from '@leadlog/simulators'
import { eventually, type OtlpReceiver, type ReceivedSpan } from '@leadlog/testing'
import type { TestSystem } from '../system/test-system.ts'

const CALLER = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
const [, TRACE, CALLER_SPAN] = CALLER.split('-')

/** One booking's way, as steps that must be there, each below the one before. */
const WAY = [
  { service: 'ingest', name: 'POST /webhooks/:provider', kind: 'server' },
  { service: 'meetings', name: 'meetings-translate-calendly', kind: 'consumer' },
  { service: 'enrichment', name: 'enrichment-read-bookings', kind: 'consumer' },
  { service: 'crm', name: 'crm-follow-extractions', kind: 'consumer' },
  { service: 'crm-sync', name: 'crm-sync-queue-writes', kind: 'consumer' },
  { service: 'crm-sync', name: 'crm-sync-write-records', kind: 'consumer' }
] as const

/** One webhook is one tree of spans over all services. Nothing was received before it. */
export async function oneTreeOfSpans(t: Test, system: TestSystem, receiver: OtlpReceiver): Promise<void> {
  const booking = sampleDay({ secrets: system.secrets }).find(({ name }) => name === 'created marta')
  if (!booking) throw new Error('The sample day has no booking of marta')
  const traced = { ...booking, headers: (now: Date) => ({ ...booking.headers(now), traceparent: CALLER }) }
  const [sent] = await sendDeliveries([traced], { ingest: system.ingestUrl })
  t.match(sent, { status: 200, duplicate: false })
  await system.settled()

  const spans = () => receiver.spans.filter(({ traceId }) => traceId === TRACE)
  await eventually(() => spans().some(({ name }) => name === 'crm-sync-write-notes') && pathsOf(spans()).length > 0)
  const all = spans()
  const byId = new Map(all.map((span) => [span.spanId, span]))
  const roots = all.filter(({ parentSpanId }) => !byId.has(parentSpanId))
  t.equal(roots.length, 1, 'one root')
  t.match(roots[0], { ...WAY[0], parentSpanId: CALLER_SPAN, attributes: { 'http.response.status_code': 200 } })
  t.ok(
    pathsOf(all).some((path) => WAY.every(({ service, name }, index) => path[index] === `${service} ${name}`)),
    'ingest → meetings → enrichment → crm → crm-sync, each the child of the one before'
  )
  t.ok(
    all.some(
      ({ service, kind, attributes }) =>
        service === 'crm' && kind === 'consumer' && attributes['leadlog.handler'] === 'crm-follow-meetings'
    ),
    'and the branch of the status'
  )
  t.ok(
    all.every(
      ({ kind, attributes }) => kind !== 'consumer' || attributes['leadlog.correlation_id'] === eventIdOf(roots[0])
    ),
    'the correlation id is the same everywhere'
  )

  const calls = all.filter(({ kind }) => kind === 'client')
  const upsert = calls.find(({ name }) => name.startsWith('zoho upsert'))
  t.match(upsert, {
    service: 'crm-sync',
    events: ['budget granted'],
    attributes: {
      'leadlog.vendor': 'zoho',
      'leadlog.lane': 'live',
      'leadlog.circuit': 'closed',
      'leadlog.attempt': 1,
      'leadlog.outcome': 'ok',
      'http.response.status_code': 201
    }
  })
  t.equal(byId.get(upsert?.parentSpanId ?? '')?.name, 'crm-sync-write-records')
  t.equal(
    byId.get(calls.find(({ name }) => name.startsWith('gemini'))?.parentSpanId ?? '')?.name,
    'enrichment-read-bookings'
  )

  await eventually(() => receiver.spans.some(({ name }) => name === 'project EVENTS'))
  const projections = receiver.spans.filter(({ name }) => name.startsWith('project '))
  t.ok(projections.every(({ parentSpanId, links }) => parentSpanId === '' && links.length > 0 && links.length <= 32))
  t.ok(
    projections.flatMap(({ links }) => links).every(({ traceId, spanId }) => traceId === TRACE && byId.has(spanId)),
    'projections are linked to the spans that appended their events'
  )
}

function eventIdOf(root: ReceivedSpan | undefined): string | number | undefined {
  return root?.attributes['leadlog.event.id']
}

/** From the root to every span, by names. */
function pathsOf(spans: readonly ReceivedSpan[]): string[][] {
  const byId = new Map(spans.map((span) => [span.spanId, span]))
  return spans
    .filter(({ name }) => name === WAY.at(-1)?.name)
    .map((leaf) => {
      const path: string[] = []
      for (let at: ReceivedSpan | undefined = leaf; at; at = byId.get(at.parentSpanId))
        path.unshift(`${at.service} ${at.name}`)
      return path
    })
}
