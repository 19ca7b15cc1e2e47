import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { setTimeout as delay } from 'node:timers/promises'
import { startOtlpReceiver } from '@leadlog/testing'
import t from 'tap'
import { activeTraceparent, describeSpan, inSpan, isTraceparent, startSpan, startTracing } from './index.ts'

const logger = { warn: () => undefined }
const OUTSIDE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

void t.test('what is no trace context is not carried on', (t) => {
  t.equal(isTraceparent(OUTSIDE), true)
  for (const text of [
    '',
    'ada@example.com',
    `${OUTSIDE}-more`,
    OUTSIDE.toUpperCase(),
    'ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    '00-00000000000000000000000000000000-b7ad6b7169203331-01',
    '00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01'
  ])
    t.equal(isTraceparent(text), false, text)
  t.end()
})

void t.test('without an SDK a trace from outside is carried on, and none is made', async (t) => {
  t.equal(await startTracing({ service: 'x', endpoint: undefined, sampleRatio: 1, logger }), undefined)
  const start = { name: 'x', kind: 'consumer', attributes: {} } as const
  t.equal(startSpan({ ...start, parent: OUTSIDE }).traceparent, OUTSIDE)
  t.equal(startSpan({ ...start, parent: undefined }).traceparent, undefined)
  t.equal(
    inSpan(startSpan({ ...start, parent: OUTSIDE }), () => activeTraceparent()),
    undefined,
    'there is nothing that follows the work around'
  )
})

void t.test('spans follow the work, and a batch is linked to all it is done for', async (t) => {
  const receiver = await startOtlpReceiver()
  t.teardown(() => receiver.close())
  const options = { service: 'crm-sync', endpoint: receiver.url, headers: 'x-key=a=b,x-team=c', logger }
  const tracing = await startTracing({ ...options, sampleRatio: 1 })
  t.teardown(() => tracing?.stop())

  const handler = { kind: 'consumer', attributes: { eventType: 'a.B.v1', attempt: 2 } } as const
  const first = startSpan({ ...handler, name: 'first', parent: OUTSIDE })
  const second = startSpan({ ...handler, name: 'second', parent: undefined })
  await inSpan(first, async () => {
    await delay(1)
    describeSpan({ outcome: 'ack' })
    const call = startSpan({ name: 'call', kind: 'client', attributes: { vendor: 'zoho' } })
    inSpan(call, () => startSpan({ name: 'below', kind: 'internal', attributes: {} }).end())
    call.note('budget granted')
    call.end('OUTBOUND_SERVER_ERROR')
    call.end()
  }, [second])
  second.end()
  first.end()
  const many = Array.from({ length: 40 }, (_, index) => OUTSIDE.replace('b7ad', `b7${String(index + 10)}`))
  startSpan({ name: 'batch', kind: 'internal', attributes: {}, parent: undefined, links: many }).end()
  startSpan({ name: 'quiet', kind: 'internal', attributes: {}, parent: OUTSIDE.replace(/1$/, '0') }).end()
  await tracing?.stop()

  const span = (name: string) => receiver.spans.find((one) => one.name === name)
  t.match(span('first'), {
    service: 'crm-sync',
    kind: 'consumer',
    traceId: OUTSIDE.split('-')[1],
    parentSpanId: OUTSIDE.split('-')[2],
    attributes: { 'leadlog.event.type': 'a.B.v1', 'leadlog.attempt': 2, 'leadlog.outcome': 'ack' },
    links: [],
    error: null
  })
  t.not(span('second')?.traceId, span('first')?.traceId)
  t.match(span('call'), {
    kind: 'client',
    parentSpanId: span('first')?.spanId,
    links: [{ traceId: span('second')?.traceId, spanId: span('second')?.spanId }],
    events: ['budget granted'],
    error: 'OUTBOUND_SERVER_ERROR',
    attributes: { 'error.type': 'OUTBOUND_SERVER_ERROR' }
  })
  t.match(span('below'), { parentSpanId: span('call')?.spanId, links: { length: 0 } })
  t.match(span('batch'), { parentSpanId: '', links: { length: 32 } })
  t.equal(span('quiet'), undefined, 'who decided not to record is obeyed')
  t.match(receiver.headers, { 'x-key': 'a=b', 'x-team': 'c', 'content-type': 'application/x-protobuf' })
})

void t.test('at a ratio of 0 nothing begins, what others record is recorded, links count', async (t) => {
  const receiver = await startOtlpReceiver()
  t.teardown(() => receiver.close())
  const tracing = await startTracing({ service: 'x', endpoint: receiver.url, sampleRatio: 0, logger })
  const plain = { kind: 'internal', attributes: {} } as const
  const unrecorded = startSpan({ ...plain, name: 'own', parent: undefined })
  t.match(unrecorded.traceparent, /-00$/, 'the decision is passed on')
  unrecorded.end()
  startSpan({ ...plain, name: 'theirs', parent: OUTSIDE }).end()
  startSpan({ ...plain, name: 'linked', parent: undefined, links: [unrecorded.traceparent, OUTSIDE] }).end()
  startSpan({ ...plain, name: 'unlinked', parent: undefined, links: [unrecorded.traceparent] }).end()
  await tracing?.stop()
  t.same(receiver.spans.map(({ name }) => name).sort(), ['linked', 'theirs'])
})

void t.test(
  'a receiver that is away costs spans and one line, and the end of the process does not wait for it',
  async (t) => {
    const lines: string[] = []
    const tracing = await startTracing({
      service: 'x',
      endpoint: 'http://127.0.0.1:1',
      sampleRatio: 1,
      logger: { warn: (_fields, message) => void lines.push(message) }
    })
    for (let index = 0; index < 3; index++)
      startSpan({ name: 'x', kind: 'internal', attributes: {}, parent: undefined }).end()
    await tracing?.stop()
    t.ok(lines.length <= 1)
  }
)

/** Runs in a process of its own: says which packages of the SDK are loaded before and after tracing is started. */
const PROGRAM = `
import { registerHooks } from 'node:module'
const loaded = new Set()
registerHooks({ load(url, context, next) {
  const name = /@opentelemetry[/+]([a-z-]+)/.exec(url)?.[1]
  if (name) loaded.add(name)
  return next(url, context)
} })
const { startTracing, startSpan } = await import(process.argv[1])
const logger = { warn() {} }
await startTracing({ service: 'x', endpoint: undefined, sampleRatio: 1, logger })
startSpan({ name: 'x', kind: 'internal', attributes: {}, parent: undefined }).end()
const off = [...loaded]
await startTracing({ service: 'x', endpoint: 'http://127.0.0.1:1', sampleRatio: 1, logger })
process.stdout.write(JSON.stringify({ off, on: [...loaded] }))
process.exit(0)
`

void t.test('nothing of the SDK is loaded while it is off', async (t) => {
  const entry = new URL('./index.ts', import.meta.url).href
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', PROGRAM, entry])
  const { off, on } = JSON.parse(stdout) as { off: string[]; on: string[] }
  t.same(off, ['api'])
  for (const name of ['sdk-trace', 'exporter-trace-otlp-proto', 'context-async-hooks']) t.ok(on.includes(name), name)
})
