import type { Msg, NatsConnection } from '@nats-io/transport-node'
import t from 'tap'
import type { Logger } from '../logger.ts'
import type { ConnectionWatch } from '../server/connection-watch.ts'
import { createPullSource } from './pull-source.ts'

const silent: Logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
const watch: ConnectionWatch = { online: true, refused: null, closed: false, onChange: () => () => undefined }

/** A source with room for so many, over a server that is played by the test. */
async function pulling(room: number) {
  const replies: string[] = []
  let heard: (error: Error | null, message: Msg) => void = () => undefined
  const connection = {
    isClosed: () => false,
    subscribe: (_subject: string, options: { callback: typeof heard }) => {
      heard = options.callback
      return { unsubscribe: () => undefined, drain: () => Promise.resolve() }
    },
    publish: (_subject: string, _payload: string, { reply }: { reply: string }) => void replies.push(reply)
  } as unknown as NatsConnection
  const received: Msg[] = []
  const source = createPullSource({
    connection,
    watch,
    logger: silent,
    stream: 'EVENTS',
    prepare: () => Promise.resolve('consumer'),
    room: () => room,
    receive: (message) => received.push(message)
  })
  await source.start()
  return {
    source,
    replies,
    received,
    send: (count: number) => {
      for (let sent = 0; sent < count; sent += 1) heard(null, { subject: 'evt.crm.lead.l1' } as Msg)
    },
    answer: (request: number, code: number, description: string) =>
      heard(null, { subject: replies[request], headers: { code, description } } as unknown as Msg)
  }
}

void t.test('that a filled request has ended is said after the next was made, and disturbs it not', async (t) => {
  const server = await pulling(2)
  server.send(2)
  t.equal(server.replies.length, 2, 'the first is filled, the second made')
  server.answer(0, 409, 'Batch Completed')
  t.equal(server.replies.length, 2, 'the second still stands')
  server.send(2)
  t.equal(server.replies.length, 3, 'and is followed at once when it is filled')
  t.equal(server.received.length, 4)
  await server.source.stop()
})

void t.test('a request that ends before it is filled is followed at once', async (t) => {
  const server = await pulling(5)
  for (const [index, [code, description]] of (
    [
      [409, 'Batch Completed'],
      [409, 'Message Size Exceeds MaxBytes'],
      [408, 'Request Timeout']
    ] as const
  ).entries()) {
    server.send(1)
    server.answer(index, code, description)
    t.equal(server.replies.length, index + 2, description)
  }
  t.equal(new Set(server.replies).size, server.replies.length, 'each has a reply subject of its own')
  await server.source.stop()
})
