import t from 'tap'
import { createStreamParser, type StreamMessage } from './event-stream-parser.ts'

const STREAM =
  'retry: 2000\n\n: heartbeat\n\nevent: lead.changed\ndata: {"id":"a"}\n\nevent: lead.changed\ndata: {"id":\ndata: "b"}\nid: 4.0.0\n\n'

void t.test('messages come whole, however the stream is cut into pieces', async (t) => {
  const expected = [
    { event: 'lead.changed', data: '{"id":"a"}', id: null },
    { event: 'lead.changed', data: '{"id":\n"b"}', id: '4.0.0' }
  ]
  for (const size of [1, 2, 7, STREAM.length]) {
    const seen: StreamMessage[] = []
    const push = createStreamParser((message) => seen.push(message))
    for (let at = 0; at < STREAM.length; at += size) push(STREAM.slice(at, at + size))
    t.same(seen, expected, `pieces of ${String(size)}`)
  }
})

void t.test('a message that was cut off at the end is not given', async (t) => {
  const seen: StreamMessage[] = []
  createStreamParser((message) => seen.push(message))('event: ready\ndata: {}')
  t.same(seen, [])
})
