import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { LookupAddress } from 'node:dns'
import type { TestContext } from '@leadlog/testing'
import t from 'tap'
import { createVendorClient, type VendorCall } from '../index.ts'
import type { Resolve } from './guarded-connect.ts'

const read: VendorCall = { operation: 'read', method: 'GET', path: '/secrets', lane: 'live' }
const REFUSED = { code: 'OUTBOUND_ADDRESS_REFUSED', message: /OUTBOUND_PRIVATE_HOSTS/ }

/** A server inside, which must hear of nothing. */
async function inside(t: TestContext, answer: { status: number; location?: string } = { status: 200 }) {
  let heard = 0
  const server = createServer((_request, response) => {
    heard += 1
    response.writeHead(answer.status, answer.location === undefined ? {} : { location: answer.location })
    response.end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, heard: () => heard }
}

function client(t: TestContext, baseUrl: string, privateHosts: readonly string[] = [], resolve?: Resolve) {
  const made = createVendorClient({ vendor: 'v', baseUrl, privateHosts, resolve, timeoutMs: 2_000, random: () => 0 })
  t.teardown(() => made.close())
  return made
}

/** A name server that gives these answers, one after the other. */
function names(...answers: readonly (readonly string[])[]): Resolve & { asked: () => number } {
  let asked = 0
  const resolve: Resolve = (_host, _options, done) => {
    const addresses = answers[Math.min(asked++, answers.length - 1)] ?? []
    done(
      null,
      addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 }))
    )
  }
  return Object.assign(resolve, { asked: () => asked })
}

void t.test('an address inside is not called, in whichever way it is written', async (t) => {
  const { port, heard } = await inside(t)
  const hosts = ['127.0.0.1', 'localhost', '2130706433', '0x7f.1', '0177.0.0.1', '[::ffff:127.0.0.1]', '[::1]']
  for (const host of hosts) await t.rejects(client(t, `http://${host}:${port}`).call(read), REFUSED, host)
  await t.rejects(client(t, 'http://169.254.169.254').call(read), REFUSED)
  await t.rejects(client(t, 'http://8.8.8.8').call({ ...read, baseUrl: `http://127.0.0.1:${port}` }), REFUSED)
  t.equal(heard(), 0)
})

void t.test('a name is judged by what it leads to, and one inside is enough to refuse it', async (t) => {
  const { port, heard } = await inside(t)
  for (const addresses of [['127.0.0.1'], ['8.8.8.8', '127.0.0.1'], ['::ffff:127.0.0.1'], ['fd00:ec2::254']]) {
    await t.rejects(client(t, `http://vendor.example:${port}`, [], names(addresses)).call(read), REFUSED)
  }
  t.equal(heard(), 0)
})

void t.test('a name that answers otherwise the second time leads nowhere else', async (t) => {
  const { port, heard } = await inside(t)
  const rebinding = names(['127.0.0.1'], ['127.0.0.2'])
  await client(t, `http://vendor.example:${port}`, ['127.0.0.1/32'], rebinding).call(read)
  t.equal(rebinding.asked(), 1, 'it is asked once, and the connection goes to that answer')
  t.equal(heard(), 1)
  const turned = names(['127.0.0.2'], ['127.0.0.1'])
  await t.rejects(client(t, `http://vendor.example:${port}`, ['127.0.0.1/32'], turned).call(read), REFUSED)
  t.equal(turned.asked(), 1, 'what was refused is not asked again until it fits')
  t.equal(heard(), 1)
})

void t.test('a redirect inside is not followed', async (t) => {
  const goal = await inside(t)
  const { port } = await inside(t, { status: 302, location: `http://127.0.0.1:${goal.port}/secrets` })
  await t.rejects(client(t, `http://127.0.0.1:${port}`, ['127.0.0.1']).call(read), { code: 'OUTBOUND_REDIRECTED' })
  t.equal(goal.heard(), 0)
})

void t.test(
  'a connection that is gone before it was looked at is tried again, for it says nothing of its address',
  async (t) => {
    const { port } = await inside(t)
    // As the system has it where the other end closes between the handshake and the question.
    const close = (made: unknown) =>
      void Object.defineProperty((made as { socket: Socket }).socket, 'remoteAddress', { value: undefined })
    subscribe('net.client.socket', close)
    t.teardown(() => void unsubscribe('net.client.socket', close))
    await t.rejects(client(t, `http://127.0.0.1:${port}`, ['127.0.0.1']).call(read), {
      name: 'TransientError',
      code: 'OUTBOUND_UNREACHABLE'
    })
  }
)

void t.test('what is named may be called', async (t) => {
  const { port, heard } = await inside(t)
  await client(t, `http://127.0.0.1:${port}`, ['127.0.0.0/8']).call(read)
  await client(t, `http://simulators:${port}`, ['simulators'], names(['127.0.0.1'])).call(read)
  t.equal(heard(), 2)
})
