import { once } from 'node:events'
import t from 'tap'
import { openSse } from './sse.ts'

void t.test('a client that does not read is let go before it costs much', async (t) => {
  let closed = 0
  const stream = openSse(() => closed++)
  const message = { event: 'lead.changed', data: { id: 'x'.repeat(10_000) } }
  const gone = once(stream.body, 'close')
  for (let count = 0; count < 200; count++) stream.send([message])
  await gone
  t.ok(stream.body.destroyed)
  t.equal(closed, 1)
  stream.send([message])
  stream.end()
})

void t.test('messages are framed as browsers read them', async (t) => {
  const stream = openSse(() => undefined)
  stream.send([
    { event: 'lead.changed', data: { id: 'a\nb' } },
    { event: 'ready', data: {}, id: '1.2.3' }
  ])
  stream.end()
  const text = (await stream.body.setEncoding('utf8').toArray()).join('')
  t.equal(text, 'retry: 2000\n\nevent: lead.changed\ndata: {"id":"a\\nb"}\n\nid: 1.2.3\nevent: ready\ndata: {}\n\n')
})
