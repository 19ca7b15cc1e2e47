import { isEvent, SaveInvoice, SendInvoice, WebhookReceived } from '@leadlog/contracts'
import { handlerBacklog } from '@leadlog/event-log'
import { openKeyring, parseMasterKey } from '@leadlog/keyring'
import { createLogger } from '@leadlog/service'
import { stripeSignature } from '@leadlog/simulators'
import { eventually, isolatedRedis } from '@leadlog/testing'
import { jetstreamManager } from '@nats-io/jetstream'
import { Redis } from 'ioredis'
import { Writable } from 'node:stream'
import pg from 'pg'
import t from 'tap'
import { openShop, someInvoice, STRIPE_WEBHOOK_SECRET } from './fixtures/shop.ts'

/** Test numbers that vendors publish, of four brands; each passes the check digit. */
const CARDS = ['4242424242424242', '5555555555554444', '378282246310005', '6011111111111117']

/** A card's number as somebody may write it. */
const writings = (card: string): unknown[] => {
  const grouped = (by: string): string => card.replace(/(\d{4})(?=\d)/g, `$1${by}`)
  return [
    card,
    Number(card),
    grouped(' '),
    grouped('-'),
    grouped('_'),
    `pi_${card}`,
    `evt_${grouped('_')}`,
    `word_${card}`,
    { number: card, id: `card_${card}` },
    [card],
    { [card]: true }
  ]
}

/** Every place of a value, as the keys that lead there. */
function placesOf(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [at]
  return [
    ...(at.length === 0 ? [] : [at]),
    ...Object.entries(value).flatMap(([key, part]) => placesOf(part, [...at, key]))
  ]
}

function withValue(value: unknown, [key, ...rest]: readonly string[], put: unknown): unknown {
  if (key === undefined) return put
  const given = value as Record<string, unknown>
  return { ...given, [key]: withValue(given[key], rest, put) }
}

void t.test('a card number in any field of what Stripe sends is nowhere afterwards', async (t) => {
  const lines: string[] = []
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString('utf8'))
      done()
    }
  })
  const redis = await isolatedRedis(t)
  const logger = createLogger({ service: 'test', level: 'trace', destination })
  const shop = await openShop(t, true, { REDIS_URL: redis.url }, logger)
  const { store, desk, sender } = shop.state.stripe
  const { invoiceId } = await shop.command(SaveInvoice, someInvoice)
  await shop.command(SendInvoice, { invoiceId: String(invoiceId), mail: false })
  const { sid } = await eventually(() => store.sessions.list()[0])
  const intent = desk.pay(sid)?.intent ?? ''
  desk.refund(intent, 5)
  desk.closeDispute(desk.dispute(intent) ?? '', true)
  desk.expire(sid)
  t.equal(sender.waiting(), 0, 'nothing went out by itself')

  const templates = store.events.list().map(({ sid: id, type, created, object }) => ({
    id,
    object: 'event',
    api_version: '2026-10-28.endive',
    created,
    type,
    livemode: false,
    request: { id: null, idempotency_key: null },
    data: { object, previous_attributes: { amount_refunded: 0 } }
  }))
  t.ok(templates.length >= 4)
  let number = 0
  let taken = 0
  const deliver = async (event: unknown): Promise<void> => {
    const body = JSON.stringify(event)
    const signature = stripeSignature(STRIPE_WEBHOOK_SECRET, body, Math.floor(Date.now() / 1_000))
    const answer = await fetch(shop.webhookUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'stripe-signature': signature },
      body
    })
    const said = await answer.text()
    if (answer.ok) taken += 1
    for (const card of CARDS) if (said.includes(card)) t.fail(`the answer repeats ${card}`)
  }
  for (const template of templates) {
    for (const place of placesOf(template)) {
      number += 1
      // A third of the writings at each place, all of them over the places.
      const put = writings(CARDS[number % CARDS.length] ?? '').filter((_, index) => (index + number) % 3 === 0)
      const unlike = { ...template, id: `evt_fuzzed${number}` }
      await Promise.all(
        put.map((value, index) => deliver(withValue({ ...unlike, id: `${unlike.id}x${index}` }, place, value)))
      )
    }
  }
  t.ok(taken > number, `${taken} of ${number} places were taken in some writing`)
  await eventually(
    async () =>
      (await handlerBacklog(shop.log, { stream: 'INGEST', service: 'billing', handler: 'follow-stripe' })) === 0,
    { within: 120_000 }
  )

  const numbers = new RegExp(CARDS.map((card) => [...card].join('[ _-]?')).join('|'))
  const found: string[] = []
  const look = (where: string, text: string): void => {
    if (numbers.test(text)) found.push(`${where}: ${numbers.exec(text)?.[0]}`)
  }
  const manager = await jetstreamManager(shop.log.connection)
  let messages = 0
  for await (const { config, state } of manager.streams.list()) {
    for (let sequence = state.first_seq; sequence <= state.last_seq; sequence += 1) {
      const message = await manager.streams.getMessage(config.name, { seq: sequence }).catch(() => null)
      if (message === null) continue
      messages += 1
      look(
        `${config.name} ${message.subject}`,
        `${message.subject} ${JSON.stringify([...message.header])} ${message.string()}`
      )
    }
  }
  t.ok(messages > taken)
  const keyring = await openKeyring({
    connection: shop.log.connection,
    masterKey: parseMasterKey(shop.environment['LEADLOG_MASTER_KEY'] ?? ''),
    logger: createLogger({ service: 'test', level: 'silent' })
  })
  t.teardown(() => keyring.close())
  let opened = 0
  const request = {
    stream: 'INGEST',
    fromSequence: 1,
    untilSequence: await shop.log.lastSequence('INGEST'),
    maxEvents: 500,
    maxWaitMs: 50,
    signal: AbortSignal.timeout(60_000)
  }
  for await (const { events } of shop.log.batches(request)) {
    for (const event of events) {
      if (!isEvent(event, WebhookReceived)) continue
      const bytes = await keyring.openBytes(event.data.keyId, event.data.body, `webhook/${event.id}`)
      if (typeof bytes === 'string' || !(bytes instanceof Uint8Array)) continue
      opened += 1
      look('a webhook under its key', Buffer.from(bytes).toString('utf8'))
    }
  }
  t.ok(opened >= taken / 2, 'the bodies were opened')
  const pool = new pg.Pool({ connectionString: shop.environment['DATABASE_URL'] })
  t.teardown(() => pool.end())
  const { rows: tables } = await pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`
  )
  t.ok(tables.length > 0)
  for (const { name } of tables) {
    const { rows } = await pool.query<{ row: string }>(`select t::text as row from ${name} t`)
    for (const { row } of rows) look(name, row)
  }
  const client = new Redis(redis.url)
  t.teardown(() => client.disconnect())
  for (const key of await client.keys('*')) {
    look(`Redis ${key}`, `${key} ${String(await client.dump(key))}`)
  }
  for (const line of lines) look('the log of a service', line)
  t.ok(lines.length > 0, 'something was logged')
  t.strictSame(found.slice(0, 10), [])
  t.comment(
    `${number} places, ${taken} deliveries taken, ${messages} messages, ${opened} bodies, ${tables.length} tables, ${lines.length} lines`
  )
})
