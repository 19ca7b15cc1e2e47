import { asSealedText, ERASED, type EventCipher, type EventRegistry } from '@leadlog/contracts'
import t from 'tap'
import { Deposited, DepositedInCents, firstRegistry, Opened, secondRegistry } from '../fixtures/account-events.ts'
import { inMemoryCipher } from '../fixtures/in-memory-cipher.ts'
import { createCodec } from './codec.ts'
import { MAX_INLINE_BYTES, type EventToEncode } from './encoder.ts'
import type { OutgoingMessage, StoredMessage } from './message.ts'

/** Written by the release that knew version 1 only. It must stay readable for ever: do not change it. */
const GOLDEN_V1 =
  '{"specversion":"1.0","id":"5f3c2b1e-0a0a-5c3d-8e57-3d2c6a9b7f10","source":"leadlog/bank",' +
  '"type":"bank.Deposited.v1","subject":"bank.account.a1","time":"2026-01-02T03:04:05.678Z",' +
  '"datacontenttype":"application/json","dataschema":"urn:leadlog:event:bank.Deposited.v1","schemaversion":1,' +
  '"correlationid":"c1","causationid":"c2","actor":"service:bank","data":{"amount":7,"text":"seven"}}'

function codecWith(options: { cipher?: EventCipher; registry?: EventRegistry } = {}) {
  const objects = new Map<string, Uint8Array>()
  const codec = createCodec({
    registry: options.registry ?? firstRegistry,
    source: 'leadlog/bank',
    cipher: () => options.cipher,
    bodies: {
      put: async (name, bytes) => void objects.set(name, bytes),
      get: async (name) => objects.get(name) ?? null
    },
    clock: () => new Date('2026-11-18T09:00:00.000Z')
  })
  return { codec, objects }
}

const base: EventToEncode = {
  id: 'e1',
  definition: Deposited,
  aggregateId: 'a1',
  data: { amount: 1 },
  actor: 'service:bank',
  correlationId: 'first',
  causationId: 'direct',
  stream: 'EVENTS',
  subject: 'evt.bank.account.a1',
  expectedSequence: 4
}

function opened(note = 'likes tea'): EventToEncode {
  const data = { accountId: 'a1', personId: 'p1', owner: { name: 'Ada Lovelace', phone: '+15550100' }, note }
  return { ...base, definition: Opened, data }
}

function stored(message: OutgoingMessage, sequence = 5): StoredMessage {
  return { stream: 'EVENTS', sequence, payload: message.payload }
}

void t.test(
  'a message carries a complete CloudEvent, and the headers that let others pass it over unread',
  async (t) => {
    const { codec } = codecWith()
    const message = await codec.encode({ ...base, traceparent: '00-aa-bb-01' })
    t.same(JSON.parse(Buffer.from(message.payload).toString()), {
      specversion: '1.0',
      id: 'e1',
      source: 'leadlog/bank',
      type: 'bank.Deposited.v1',
      subject: 'bank.account.a1',
      time: '2026-11-18T09:00:00.000Z',
      datacontenttype: 'application/json',
      dataschema: 'urn:leadlog:event:bank.Deposited.v1',
      schemaversion: 1,
      correlationid: 'first',
      causationid: 'direct',
      actor: 'service:bank',
      traceparent: '00-aa-bb-01',
      data: { amount: 1 }
    })
    t.same(message.headers, [
      ['Nats-Msg-Id', 'e1'],
      ['ce-type', 'bank.Deposited.v1'],
      ['ce-id', 'e1'],
      ['ce-correlationid', 'first']
    ])
    t.match(await codec.decode(stored(message)), { stream: 'EVENTS', sequence: 5, data: { amount: 1 } })
  }
)

void t.test('a published version stays readable in its old and in its new form', async (t) => {
  const message = { stream: 'EVENTS', sequence: 9, payload: Buffer.from(GOLDEN_V1) }
  t.match(await codecWith().codec.decode(message), { type: Deposited.type, data: { amount: 7, text: 'seven' } })
  const lifted = await codecWith({ registry: secondRegistry }).codec.decode(message)
  t.match(lifted, {
    id: '5f3c2b1e-0a0a-5c3d-8e57-3d2c6a9b7f10',
    type: DepositedInCents.type,
    schemaversion: 2,
    dataschema: 'urn:leadlog:event:bank.Deposited.v2',
    time: '2026-01-02T03:04:05.678Z',
    sequence: 9
  })
  t.same(lifted.data, { cents: 700, text: 'seven' })
})

void t.test('an event of a newer release is passed on as it stands', async (t) => {
  const newer = await codecWith({ registry: secondRegistry }).codec.encode({
    ...base,
    definition: DepositedInCents,
    data: { cents: 5 }
  })
  t.match(await codecWith().codec.decode(stored(newer)), { type: DepositedInCents.type, data: { cents: 5 } })
})

void t.test('personal fields are sealed in the message, bound to event and field, and gone with the key', async (t) => {
  const cipher = inMemoryCipher()
  const { codec } = codecWith({ cipher })
  const message = await codec.encode(opened())
  const text = Buffer.from(message.payload).toString()
  t.notMatch(text, /Ada|tea|5550100/)
  t.match(JSON.parse(text), { keyid: 'p1', data: { accountId: 'a1', personId: 'p1', owner: String, note: String } })
  t.same((await codec.decode(stored(message))).data, opened().data)

  const envelope = JSON.parse(text) as { id: string; data: Record<string, unknown> }
  const moved = { ...envelope, data: { ...envelope.data, note: envelope.data['owner'] } }
  const elsewhere = { ...envelope, id: 'e2' }
  for (const forged of [moved, elsewhere]) {
    const decoding = codec.decode({ stream: 'EVENTS', sequence: 1, payload: Buffer.from(JSON.stringify(forged)) })
    await t.rejects(Promise.resolve(decoding), { code: 'EVENT_LOG_EVENT_UNREADABLE' })
  }

  const cached = await codec.parse(stored(message))
  cipher.destroy('p1')
  const erased = { accountId: 'a1', personId: 'p1', owner: { name: '[erased]', phone: null }, note: '[erased]' }
  t.same((await codec.decode(stored(message))).data, erased)
  t.same((await codec.open(cached)).data, erased, 'also where a cache had kept the message')
  await t.rejects(async () => codecWith().codec.encode(opened()), { code: 'EVENT_LOG_CIPHER_MISSING' })
})

void t.test('an erased value need not fit the schema that the person did fit', async (t) => {
  const cipher: EventCipher = { seal: async () => 'sealed', open: async () => ERASED }
  const { codec } = codecWith({ cipher })
  t.match(await codec.decode(stored(await codec.encode(opened()))), { data: { note: '[erased]' } })
})

void t.test(
  'data too large for a message goes to the object store, sealed, under the digest it must have',
  async (t) => {
    const cipher = inMemoryCipher()
    const { codec, objects } = codecWith({ cipher })
    const large = opened('tea '.repeat(MAX_INLINE_BYTES / 4))
    const message = await codec.encode(large)
    t.ok(message.payload.length < 2_000)
    const [name = '', bytes = Buffer.from('')] = [...objects][0] ?? []
    t.equal(name, message.objectName)
    const text = Buffer.from(bytes).toString()
    t.ok(text.includes('"personId":"p1"') && !text.includes('tea tea') && !text.includes('Ada Lovelace'))
    t.same((await codec.decode(stored(message))).data, large.data)

    objects.set(name, Buffer.from('{}'))
    await t.rejects(Promise.resolve(codec.decode(stored(message))), {
      code: 'EVENT_LOG_EVENT_UNREADABLE',
      message: /digest/
    })
    objects.delete(name)
    await t.rejects(Promise.resolve(codec.decode(stored(message))), { code: 'EVENT_LOG_EVENT_UNREADABLE' })
  }
)

void t.test(
  'what does not fit is refused on the way in and unreadable on the way out, without telling its values',
  async (t) => {
    const { codec } = codecWith()
    await t.rejects(async () => codec.encode({ ...base, data: { amount: 'ada@example.com' } }), {
      code: 'EVENT_LOG_EVENT_INVALID',
      message: /^bank\.Deposited\.v1 cannot be recorded: \/amount: Expected integer$/
    })
    for (const payload of ['', 'null', '{"id":"x"}', GOLDEN_V1.replace('"amount":7', '"amount":"7"')]) {
      t.throws(() => codec.decode({ stream: 'EVENTS', sequence: 3, payload: Buffer.from(payload) }), {
        code: 'EVENT_LOG_EVENT_UNREADABLE',
        message: /^Message 3 of EVENTS/
      })
    }
  }
)

void t.test('a sealed field is copied into the message as the last of the data, and found there', async (t) => {
  const { codec } = codecWith()
  const text = asSealedText(`enc1.${'aZ0_-'.repeat(2_000)}`)
  const event: EventToEncode = { ...base, data: { amount: 1 }, sealed: { field: 'text', text } }
  const message = await codec.encode(event)
  t.same(message.payload, (await codec.encode({ ...base, data: { amount: 1, text } })).payload)
  t.match(await codec.decode(stored(message)), { data: { amount: 1, text } })
  t.throws(() => asSealedText('a"b'), TypeError)
  await t.rejects(
    async () => codec.encode({ ...event, data: { amount: 1, text: '', more: 1 } }),
    TypeError,
    'not the last'
  )
})
