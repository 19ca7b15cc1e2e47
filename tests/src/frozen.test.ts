import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseFrozen, replayFrozen, type FrozenEvent } from '@leadlog/frozen'
import t from 'tap'

const FOLDER = path.join(import.meta.dirname, 'frozen')

function read(name: string): FrozenEvent {
  return parseFrozen(readFileSync(path.join(FOLDER, name), 'utf8'), name)
}

const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'))

void t.test('every frozen event has the effects again that it had', async (t) => {
  t.ok(files.length > 0, 'there are frozen events')
  for (const name of files) {
    for (const { service, handler, frozen, now } of await replayFrozen(read(name))) {
      t.strictSame(now, { ...now, ...frozen }, `${name}: ${service}/${handler}`)
    }
  }
})

void t.test('another decision is noticed', async (t) => {
  const name = files.find((file) => file.startsWith('webhook-received'))
  if (name === undefined) throw new Error('no webhook is frozen')
  const frozen = read(name)
  const body = frozen.body?.replace(/"timezone":"[^"]+"/, '"timezone":"Pacific/Auckland"') ?? null
  t.not(body, frozen.body, 'the webhook names a time zone')
  const replayed = await replayFrozen({ ...frozen, body })
  t.notOk(replayed.every(({ same }) => same))
})
