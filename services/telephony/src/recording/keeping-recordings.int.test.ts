import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import {
  CallRecordingReported,
  CallStatusReported,
  isEvent,
  newEvent,
  PermanentError,
  RecordingDeleted,
  recordingIdOf,
  RecordingStored,
  RecordingUnavailable,
  TwilioRecordingDeleted,
  type DataOf,
  type EventDefinition,
  type EventOf,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import { openEventLog } from '@leadlog/event-log'
import { createFileStore, memoryBlobs } from '@leadlog/files'
import { openKeyring } from '@leadlog/keyring'
import { createLogger, createMetrics, loadConfig, type CommandContext, type HandlerContext } from '@leadlog/service'
import { testNats } from '@leadlog/testing'
import t, { type Test } from 'tap'
import { callIdOf } from '../call/call-ref.ts'
import { telephonyConfig } from '../config.ts'
import type { TelephonyDeps } from '../deps.ts'
import { handlerContext } from '../fixtures/dialling.ts'
import { deleteAtTwilio } from './delete-at-twilio.reactor.ts'
import { deleteRecordingCommand } from './delete-recording.command.ts'
import { endRecordings } from './end-recordings.ts'
import type { RecordingSource } from './fetch-sound.ts'
import { recordingOutcomes } from './recording.metrics.ts'
import { recordingRef } from './recording.ts'
import { storeRecordings } from './store-recordings.reactor.ts'

const HOUR_MS = 3_600_000
/** Three pieces of the store, the last one shorter. */
const PIECE_BYTES = 1_000
const sound = randomBytes(2_500)

type Party = Pick<DataOf<typeof CallStatusReported>, 'personId' | 'leadId'>

/** A process that dies at the n-th place: everything that it waits for has one before and one after. */
function mortal(dieAt: number) {
  let passed = 0
  const died = Promise.withResolvers<'dead'>()
  const place = async (): Promise<void> => {
    passed += 1
    if (passed < dieAt) return
    died.resolve('dead')
    await new Promise(() => undefined)
  }
  const around =
    <A extends readonly unknown[], R>(work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      await place()
      const result = await work(...args)
      await place()
      return result
    }
  return {
    /** The same parts, with a place to die before and after each call. */
    within: <P extends object>(parts: P, ...names: readonly (keyof P)[]): P => {
      const changed = names.map((name) => [name, around(parts[name] as (...args: unknown[]) => Promise<unknown>)])
      return { ...parts, ...(Object.fromEntries(changed) as Partial<P>) }
    },
    ended: (work: Promise<unknown>): Promise<'done' | 'dead'> =>
      Promise.race([work.then(() => 'done' as const), died.promise])
  }
}

type Life = ReturnType<typeof mortal>

const alive = (): Life => mortal(Infinity)

async function phone(t: Test) {
  const nats = await testNats(t)
  const logger = createLogger({ service: 'test', level: 'silent' })
  const log = await openEventLog({ servers: nats.url, prefix: nats.prefix, name: 'test', logger })
  t.teardown(() => log.close())
  await log.ensureStreams()
  const keyring = await openKeyring({ connection: log.connection, masterKey: randomBytes(32), prefix: nats.prefix })
  t.teardown(() => keyring.close())
  log.useCipher(keyring)
  const blobs = memoryBlobs()
  const files = createFileStore(blobs, keyring, PIECE_BYTES)
  const metrics = createMetrics('test', [recordingOutcomes])
  const recordings = metrics.counter(recordingOutcomes)
  const twilio = { deletions: [] as string[], before: async (_what: keyof RecordingSource) => undefined as unknown }
  const sounds: RecordingSource = {
    recording: async (sid) => {
      await twilio.before('recording')
      return { status: 'completed', mediaUrl: `/Recordings/${sid}` } as never
    },
    recordingMedia: async () => {
      const contentType = (await twilio.before('recordingMedia')) ?? 'audio/x-wav'
      return { contentType, body: Readable.from([sound.subarray(0, 700), sound.subarray(700)]) } as never
    },
    deleteRecording: async (sid) => void twilio.deletions.push(sid)
  }
  let calls = 0

  const append = async (id: string, decide: () => readonly NewEvent[]): Promise<readonly RecordedEvent[]> => {
    const result = await log.transact({
      cause: { id, correlationId: id },
      handler: 'test',
      actor: 'service:telephony',
      load: [],
      decide
    })
    if (!('events' in result)) throw new TypeError('it was not recorded')
    return result.events
  }
  const depsOf = (life: Life, own: Partial<TelephonyDeps>): TelephonyDeps =>
    ({
      sounds: life.within(sounds, 'recording', 'recordingMedia', 'deleteRecording'),
      files: createFileStore(life.within(blobs, 'put', 'get', 'remove'), keyring, PIECE_BYTES),
      keys: life.within({ keyState: (id: string) => keyring.keyState(id) }, 'keyState'),
      flows: { document: () => null },
      effects: null,
      deleteRecordingsAtTwilio: false,
      recordings,
      ...own
    }) as unknown as TelephonyDeps
  const history = async (recordingSid: string) => (await log.load(recordingRef(recordingIdOf(recordingSid)))).events

  return {
    keyring,
    twilio,
    /** Twilio's report on a recording of a call of its own. */
    report: async (own: Partial<DataOf<typeof CallRecordingReported>> = {}, party: Partial<Party> = {}) => {
      calls += 1
      const number = String(calls).padStart(32, '0')
      const callSid = `CA${number}`
      const callId = callIdOf(callSid)
      const personId = party.personId ?? `person-${String(calls)}`
      const [, reported] = await append(callSid, () => [
        newEvent(CallStatusReported, callId, {
          callId,
          personId,
          leadId: party.leadId ?? null,
          callSid,
          direction: 'outbound',
          number: '+14155550142',
          ours: '+16465550100',
          status: 'completed',
          sequence: null,
          durationSeconds: 30,
          reportedAt: '2026-11-18T10:00:00Z'
        }),
        newEvent(CallRecordingReported, callId, {
          callId,
          callSid,
          recordingSid: `RE${number}`,
          status: 'completed',
          durationSeconds: 30,
          channels: 2,
          source: 'OutboundAPI',
          startedAt: '2026-11-18T10:00:00Z',
          ...own
        })
      ])
      if (!reported || !isEvent(reported, CallRecordingReported)) throw new TypeError('it was not recorded')
      return reported
    },
    /** What a reactor makes of an event, in a process that may die. */
    run: (
      reactor: typeof storeRecordings,
      event: RecordedEvent,
      { life = alive(), deps = {}, ...given }: RunOptions = {}
    ) => {
      const context = life.within(
        handlerContext(log, reactor.name, event, () => new Date()),
        'load',
        'transact'
      )
      return life.ended(reactor.handle(event, depsOf(life, deps), { ...context, ...given }))
    },
    /** One attempt at the command. */
    deleteBy: (commandId: string, recordingId: string, life = alive()) => {
      const cause = { id: commandId, correlationId: commandId }
      const transact: CommandContext['transact'] = ({ load, decide, step = '' }) =>
        log.transact({ cause, actor: 'user:ada', handler: `delete/${step}`, load, decide })
      const context = {
        ...life.within({ load: (ref: Parameters<typeof log.load>[0]) => log.load(ref), transact }, 'load', 'transact'),
        commandId,
        cause,
        sentAt: '2026-11-18T12:00:00.000Z'
      } as unknown as CommandContext
      const outcome = deleteRecordingCommand.handle({ recordingId, reason: 'they asked' }, depsOf(life, {}), context)
      return { outcome, ended: life.ended(outcome) }
    },
    told: async <D extends EventDefinition>(recordingSid: string, definition: D): Promise<EventOf<D>[]> =>
      (await history(recordingSid)).filter((event): event is EventOf<D> => isEvent(event, definition)),
    typesOf: async (recordingSid: string) => (await history(recordingSid)).map(({ type }) => type.split('.')[1]),
    /** The files of a recording that are in the store. */
    filesOf: async (recordingSid: string) => {
      const all = await files.list('recordings')
      return all.flatMap(({ name, owner }) => (owner === recordingIdOf(recordingSid) ? [name] : []))
    },
    blobsOf: (recordingSid: string) =>
      [...blobs.blobs.keys()].filter((name) => name.includes(`/${recordingIdOf(recordingSid)}/`)),
    heard: async (name: string, keyId: string) => {
      const opened = await files.open(name, keyId)
      return buffer(opened.read(0, opened.size - 1))
    },
    sweep: () => endRecordings({ log, files, retentionDays: 90, recordings, now: new Date(Date.now() + 25 * HOUR_MS) }),
    counted: async (outcome: string) =>
      (await recordings.get()).values.find(({ labels }) => labels.outcome === outcome)?.value ?? 0
  }
}

interface RunOptions extends Partial<Pick<HandlerContext, 'attempt' | 'attemptToken'>> {
  readonly life?: Life
  readonly deps?: Partial<TelephonyDeps>
}

/** Every place to die at, one after the other, until there is none any more. @returns how many there were */
async function everyDeath(attempt: (life: Life, place: number) => Promise<'done' | 'dead'>): Promise<number> {
  for (let place = 1; ; place += 1) {
    if ((await attempt(mortal(place), place)) === 'done') return place - 1
  }
}

const refusedWith = (code: string) => async () => Promise.reject(new PermanentError(code, 'Twilio says no'))

void t.test('what Twilio has no sound of is told with its reason, and nothing is stored', async (t) => {
  const { report, run, told, typesOf, filesOf, twilio, counted } = await phone(t)
  const gapOf = async (recordingSid: string) => {
    t.strictSame(await filesOf(recordingSid), [])
    return (await told(recordingSid, RecordingUnavailable)).map(({ data }) => [data.reason, data.detail])
  }

  for (const status of ['absent', 'failed'] as const) {
    const event = await report({ status })
    await run(storeRecordings, event)
    await run(storeRecordings, event)
    t.strictSame(await gapOf(event.data.recordingSid), [[status, `Twilio says: ${status}`]])
    t.equal(await counted(status), 2, 'counted at each attempt')
    const [unavailable] = await told(event.data.recordingSid, RecordingUnavailable)
    if (unavailable) await run(deleteAtTwilio, unavailable)
  }
  t.strictSame(twilio.deletions, [], 'where there is nothing, nothing is deleted')

  const early = await report({ status: 'in-progress' })
  await run(storeRecordings, early)
  t.strictSame(await typesOf(early.data.recordingSid), [], 'it is not over')

  const unknown = await report()
  const { recordingSid } = unknown.data
  twilio.before = refusedWith('TWILIO_20404')
  for (const attempt of [1, 2]) {
    await t.rejects(run(storeRecordings, unknown, { attempt }), { code: 'TELEPHONY_RECORDING_NOT_READY' })
    t.strictSame(await typesOf(recordingSid), [], 'it may still come')
  }
  await run(storeRecordings, unknown, { attempt: 3 })
  t.strictSame(await gapOf(recordingSid), [['refused', 'TWILIO_20404: Twilio says no']])
  twilio.before = async () => undefined
  await run(storeRecordings, unknown, { attemptToken: 'again' })
  t.strictSame(
    await typesOf(recordingSid),
    ['RecordingUnavailable', 'RecordingStored'],
    'an operator has it tried again'
  )

  const page = await report()
  twilio.before = async (what) => (what === 'recordingMedia' ? 'text/html' : undefined)
  await run(storeRecordings, page)
  t.strictSame(await gapOf(page.data.recordingSid), [['refused', 'Twilio gave text/html and no sound']])

  const wrong = await report()
  twilio.before = refusedWith('KEYRING_TAMPERED')
  await t.rejects(run(storeRecordings, wrong), { code: 'KEYRING_TAMPERED' }, 'what is our own fault is no answer')
  t.strictSame(await typesOf(wrong.data.recordingSid), [])
})

void t.test('a process dies at any place while it stores: one file is kept, the rest is swept', async (t) => {
  const { report, run, told, filesOf, heard, sweep, counted } = await phone(t)
  const kept = new Map<string, string>()
  const places = await everyDeath(async (life, place) => {
    const event = await report()
    const { recordingSid } = event.data
    const ended = await run(storeRecordings, event, { life })
    await run(storeRecordings, event)
    const stored = await told(recordingSid, RecordingStored)
    t.equal(stored.length, 1, `dead at place ${String(place)}`)
    const { file, personId } = stored[0]?.data ?? { file: '', personId: '' }
    t.ok((await heard(file, personId)).equals(sound), 'whole')
    const there = await filesOf(recordingSid)
    t.ok(there.includes(file))
    t.ok(there.length <= 2, 'an attempt leaves one file at the most')
    kept.set(recordingSid, file)
    return ended
  })
  t.ok(places >= 20, `${String(places)} places`)
  t.ok((await sweep()).orphans > 0, 'some left what nobody names')
  for (const [recordingSid, file] of kept) t.strictSame(await filesOf(recordingSid), [file])
  t.strictSame(await sweep(), { recordings: 0, orphans: 0 })
  t.ok((await counted('stored')) <= kept.size, 'none is counted twice')

  const event = await report()
  await Promise.all([run(storeRecordings, event), run(storeRecordings, event)])
  const [stored, ...more] = await told(event.data.recordingSid, RecordingStored)
  t.equal(more.length, 0, 'two processes at once store one')
  t.strictSame(await filesOf(event.data.recordingSid), [stored?.data.file], 'and the slower one clears up')
})

void t.test('a person erased while the sound comes has none of it left, here and at Twilio', async (t) => {
  const { keyring, report, run, told, filesOf, blobsOf, twilio } = await phone(t)
  const event = await report({}, { personId: 'nora' })
  const { recordingSid } = event.data
  twilio.before = async (what) => {
    if (what === 'recordingMedia') await keyring.destroyKey('nora')
    return undefined
  }
  await run(storeRecordings, event)
  const [unavailable] = await told(recordingSid, RecordingUnavailable)
  t.match(unavailable?.data, { reason: 'erased' })
  t.strictSame(blobsOf(recordingSid), [], 'no piece is left')
  if (unavailable) await run(deleteAtTwilio, unavailable)
  t.strictSame(twilio.deletions, [recordingSid])

  twilio.before = async () => undefined
  const late = await report()
  await run(storeRecordings, late, { deps: { keys: erasedAtTheEnd() } })
  const [deleted] = await told(late.data.recordingSid, RecordingDeleted)
  t.match(deleted?.data, { reason: 'erasure', note: null })
  t.strictSame(await filesOf(late.data.recordingSid), [])
  await run(storeRecordings, late, { deps: { keys: erasedAtTheEnd() } })
  t.equal((await told(late.data.recordingSid, RecordingDeleted)).length, 1)
})

/** A person whose key goes between the first look at it and the second. */
function erasedAtTheEnd(): TelephonyDeps['keys'] {
  let looks = 0
  return { keyState: async () => ((looks += 1) > 1 ? 'destroyed' : 'active') }
}

void t.test('Twilio’s copy goes when it is stored here, where the setting says so', async (t) => {
  const { report, run, told, twilio } = await phone(t)
  const settings = { LEADLOG_MASTER_KEY: randomBytes(32).toString('base64'), TWILIO_DELETE_RECORDINGS: 'true' }
  const { deleteRecordingsAtTwilio } = loadConfig(telephonyConfig, settings)
  t.equal(deleteRecordingsAtTwilio, true)

  const event = await report()
  await run(storeRecordings, event)
  const [stored] = await told(event.data.recordingSid, RecordingStored)
  if (!stored) throw new TypeError('nothing was stored')
  await run(deleteAtTwilio, stored)
  t.strictSame(twilio.deletions, [], 'it stays by default')
  await run(deleteAtTwilio, stored, { deps: { deleteRecordingsAtTwilio } })
  await run(deleteAtTwilio, stored, { deps: { deleteRecordingsAtTwilio } })
  t.strictSame(twilio.deletions, [event.data.recordingSid])
  t.equal((await told(event.data.recordingSid, TwilioRecordingDeleted)).length, 1)

  const places = await everyDeath(async (life, place) => {
    const event = await report()
    const { recordingSid } = event.data
    await run(storeRecordings, event)
    const [stored] = await told(recordingSid, RecordingStored)
    if (!stored) throw new TypeError('nothing was stored')
    const ended = await run(deleteAtTwilio, stored, { life, deps: { deleteRecordingsAtTwilio } })
    await run(deleteAtTwilio, stored, { deps: { deleteRecordingsAtTwilio } })
    const asked = twilio.deletions.filter((sid) => sid === recordingSid).length
    t.ok(asked === 1 || asked === 2, `asked once more at the most, dead at place ${String(place)}`)
    t.equal((await told(recordingSid, TwilioRecordingDeleted)).length, 1)
    return ended
  })
  t.ok(places >= 6, `${String(places)} places`)
})

void t.test('a recording is deleted on request, once, wherever the process dies', async (t) => {
  const { report, run, told, blobsOf, deleteBy, twilio, sweep } = await phone(t)
  const places = await everyDeath(async (life, place) => {
    const event = await report()
    const { recordingSid } = event.data
    await run(storeRecordings, event)
    const recordingId = recordingIdOf(recordingSid)
    const commandId = `delete-${String(place)}`
    const ended = await deleteBy(commandId, recordingId, life).ended
    t.strictSame(await deleteBy(commandId, recordingId).outcome, { recordingId }, `dead at place ${String(place)}`)
    const [deleted, ...more] = await told(recordingSid, RecordingDeleted)
    t.match(deleted?.data, { reason: 'request', note: 'they asked', deletedAt: '2026-11-18T12:00:00.000Z' })
    t.equal(more.length, 0)
    t.strictSame(blobsOf(recordingSid), [], 'no piece is left')
    t.match(await deleteBy(`other-${String(place)}`, recordingId).outcome, { code: 'TELEPHONY_RECORDING_DELETED' })
    if (deleted) await run(deleteAtTwilio, deleted)
    t.strictSame(
      twilio.deletions.filter((sid) => sid === recordingSid),
      [recordingSid]
    )
    await run(storeRecordings, event)
    t.strictSame(blobsOf(recordingSid), [], 'told again, it is not fetched again')
    return ended
  })
  t.ok(places >= 8, `${String(places)} places`)
  t.strictSame(await sweep(), { recordings: 0, orphans: 0 })
  t.match(await deleteBy('none', 'nothing').outcome, { code: 'TELEPHONY_RECORDING_UNKNOWN' })
})
