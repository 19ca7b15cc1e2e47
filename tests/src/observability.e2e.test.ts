import { startOtlpReceiver } from '@leadlog/testing'
import t from 'tap'
import { noPersonAnywhere } from './observability/no-person-anywhere.ts'
import { oneTreeOfSpans } from './observability/one-tree-of-spans.ts'
import { startTestSystem } from './system/test-system.ts'

void t.test('what a system with traces and every line of its logs tells, and what it does not', async (t) => {
  const receiver = await startOtlpReceiver()
  t.teardown(() => receiver.close())
  const system = await startTestSystem({
    environment: {
      LOG_LEVEL: 'trace',
      LLM_PROVIDER: 'gemini',
      RETRY_DELAYS_SECONDS: '0.2,0.4',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-key=otlpsecretvalue'
    }
  })
  t.teardown(() => system.stop())
  await t.test('one webhook is one tree of spans over all services', (t) => oneTreeOfSpans(t, system, receiver))
  await t.test('no log, metric, trace or alert tells of a person or a secret, whatever goes wrong', (t) =>
    noPersonAnywhere(t, system, receiver)
  )
})
