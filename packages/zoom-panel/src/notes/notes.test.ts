import { ApiProblem } from '@leadlog/dashboard/api/problem.ts'
import t from 'tap'
import { createKeptNotes, forgetOldNotes } from './kept-notes.ts'
import { createNoteSender } from './note-sender.ts'

const WHOSE = { userId: 'sam', meetingId: 'm' }
/** Resolves when what is under way has come so far. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve))
}

const WEEK_MS = 7 * 86_400_000

/** A browser's store. */
function memoryStore() {
  const values = new Map<string, string>()
  return {
    values,
    get length() {
      return values.size
    },
    key: (at: number) => [...values.keys()][at] ?? null,
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key)
  }
}

/** A gateway that answers as it is told, and remembers under which keys it was asked. */
function sending(store = memoryStore()) {
  const asked: { key: string; text: string }[] = []
  const answers: (() => Promise<{ state: 'done' | 'waiting' }>)[] = []
  const postponed: (() => void)[] = []
  let keys = 0
  let stored = 0
  const sender = createNoteSender({
    kept: createKeptNotes(store, WHOSE),
    send: ({ key, text }) => {
      asked.push({ key, text })
      return (answers.shift() ?? (() => Promise.resolve({ state: 'done' as const })))()
    },
    onChange: () => undefined,
    onStored: () => void (stored += 1),
    newKey: () => `key-${String((keys += 1))}`,
    later: (work) => {
      postponed.push(work)
      return () => undefined
    }
  })
  return { store, sender, asked, answers, postponed, stored: () => stored }
}

const fails =
  (status: number, code = 'X') =>
  () =>
    Promise.reject(new ApiProblem(status, code, `refused: ${code}`))

void t.test('what is typed is there after a reload, for the same person and meeting only', async (t) => {
  const store = memoryStore()
  createKeptNotes(store, WHOSE).keepDraft('They decide in')
  t.equal(createKeptNotes(store, WHOSE).draft(), 'They decide in')
  t.equal(createKeptNotes(store, { ...WHOSE, userId: 'kim' }).draft(), '')
  t.equal(createKeptNotes(store, { ...WHOSE, meetingId: 'n' }).draft(), '')
  createKeptNotes(store, WHOSE).keepDraft('')
  t.equal(store.values.size, 0, 'nothing typed, nothing kept')
})

void t.test('a store that is full or broken keeps the page going', async (t) => {
  const full = {
    ...memoryStore(),
    setItem: () => {
      throw new Error('full')
    },
    getItem: () => 'no JSON'
  }
  const kept = createKeptNotes(full, WHOSE)
  kept.keepDraft('They decide in')
  t.equal(kept.draft(), 'They decide in')
})

void t.test('what nobody came back for is forgotten after a week, and nothing of others', async (t) => {
  const store = memoryStore()
  store.setItem('leadlog.theme', 'dark')
  store.setItem('leadlog.panel.broken', '{')
  createKeptNotes(store, WHOSE, () => 0).keepDraft('old')
  createKeptNotes(store, { ...WHOSE, meetingId: 'n' }, () => WEEK_MS).keepDraft('new')
  forgetOldNotes(store, WEEK_MS + 1)
  t.same([...store.values.keys()], ['leadlog.theme', 'leadlog.panel.sam.n.draft'])
})

void t.test('notes are sent in order, and kept until they are stored', async (t) => {
  const { store, sender, asked, stored } = sending()
  sender.add('first')
  sender.add('second')
  t.equal(createKeptNotes(store, WHOSE).waiting().length, 2)
  await until(() => stored() === 2)
  t.same(
    asked.map(({ text }) => text),
    ['first', 'second']
  )
  t.same(createKeptNotes(store, WHOSE).waiting(), [])
})

void t.test(
  'a lost connection, a lost session and an answer that says nothing keep the note and its key',
  async (t) => {
    const { sender, asked, answers, postponed, stored } = sending()
    answers.push(fails(0), fails(503), fails(401), fails(429), () => Promise.resolve({ state: 'waiting' }))
    sender.add('They decide in January.')
    for (let turn = 1; turn <= 5; turn += 1) {
      await until(() => postponed.length === turn)
      t.match(sender.waiting(), [{ key: 'key-1', refused: null }])
      postponed[turn - 1]?.()
    }
    await until(() => stored() === 1)
    t.same([...new Set(asked.map(({ key }) => key))], ['key-1'])
    t.equal(asked.length, 6)
  }
)

void t.test(
  'a note that was being sent when the page was closed is sent by the next page, under its key',
  async (t) => {
    const before = sending()
    before.answers.push(() => new Promise(() => undefined))
    before.sender.add('They decide in January.')
    before.sender.stop()
    const after = sending(before.store)
    after.sender.wake()
    await until(() => after.stored() === 1)
    t.same(after.asked, [{ key: 'key-1', text: 'They decide in January.' }])
  }
)

void t.test(
  'a refused note stays with its reason, holds up no other, and is a new wish when it is tried again',
  async (t) => {
    const { sender, asked, answers, stored } = sending()
    answers.push(fails(409, 'MEETINGS_CUSTOMER_DIFFERS'))
    sender.add('first')
    sender.add('second')
    await until(() => stored() === 1)
    t.match(sender.waiting(), [{ key: 'key-1', text: 'first', refused: /CUSTOMER_DIFFERS/ }])
    sender.retry('key-1')
    await until(() => stored() === 2)
    t.same(
      asked.map(({ key }) => key),
      ['key-1', 'key-2', 'key-3']
    )
    answers.push(fails(404))
    sender.add('third')
    await until(() => sender.waiting()[0]?.refused !== null)
    sender.drop(sender.waiting()[0]?.key ?? '')
    t.same(sender.waiting(), [])
  }
)

void t.test('a note that failed holds up no other, and has another key when it is tried again', async (t) => {
  const { sender, asked, answers, postponed, stored } = sending()
  answers.push(fails(500, 'COMMAND_FAILED'))
  sender.add('first')
  sender.add('second')
  await until(() => stored() === 1)
  t.match(sender.waiting(), [{ text: 'first', refused: /COMMAND_FAILED/ }])
  t.same(postponed, [], 'nobody asks again by itself')
  sender.retry('key-1')
  await until(() => stored() === 2)
  t.same(asked.at(-1), { key: 'key-3', text: 'first' })
})

void t.test(
  'what was said before the note was asked for leaves it its key, since an earlier try may be stored',
  async (t) => {
    for (const problem of [fails(404), fails(409, 'PANEL_CUSTOMER_UNKNOWN'), fails(500), fails(403)]) {
      const { sender, asked, answers, postponed, stored } = sending()
      answers.push(fails(0), problem)
      sender.add('They decide in January.')
      await until(() => postponed.length === 1)
      postponed[0]?.()
      await until(() => sender.waiting()[0]?.refused !== null)
      sender.retry('key-1')
      await until(() => stored() === 1)
      t.same([...new Set(asked.map(({ key }) => key))], ['key-1'])
    }
  }
)

void t.test('who left while a note was sent takes nothing from what is typed and noted after the return', async (t) => {
  const before = sending()
  let answer: (told: { state: 'done' }) => void = () => undefined
  before.answers.push(() => new Promise((resolve) => (answer = resolve)))
  before.sender.add('first')
  before.sender.stop()
  const returned = createKeptNotes(before.store, WHOSE)
  returned.keepDraft('They decide in')
  returned.changeWaiting((notes) => [
    ...notes,
    { key: 'another', text: 'second', at: '2026-11-18T13:00:00.000Z', refused: null, isSettled: false }
  ])
  answer({ state: 'done' })
  await until(() => before.stored() === 1)
  t.equal(returned.draft(), 'They decide in')
  t.match(returned.waiting(), [{ key: 'another', text: 'second' }])
  t.equal(returned.waiting(), returned.waiting(), 'the same list while nothing changes')
})

void t.test('two windows on one meeting lose none of their notes', (t) => {
  const store = memoryStore()
  const [one, other] = [createKeptNotes(store, WHOSE), createKeptNotes(store, WHOSE)]
  const note = (key: string) => ({ key, text: key, at: '2026-11-18T13:00:00.000Z', refused: null, isSettled: false })
  one.keepDraft('typed here')
  one.changeWaiting((notes) => [...notes, note('a')])
  other.changeWaiting((notes) => [...notes, note('b')])
  one.changeWaiting((notes) => [...notes, note('c')])
  t.same(
    other.waiting().map(({ key }) => key),
    ['a', 'b', 'c']
  )
  t.equal(other.draft(), 'typed here')
  t.end()
})
