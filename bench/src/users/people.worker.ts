import { setTimeout as delay } from 'node:timers/promises'
// What a browser does when something changes is the dashboard's own code, so that it cannot differ.
import { createStreamParser } from '../../../packages/dashboard/src/live/event-stream-parser.ts'
import { followStream, type KeptReads, type OnMessage } from '../../../packages/dashboard/src/live/follow-stream.ts'
import { serveWorker } from '../core/worker.ts'
import { randomFrom, type Random } from '../scale/random.ts'
import { createReader } from './http-read.ts'
import { SCREENS, type Screen } from './screens.ts'
import type { PeopleFigures, PeopleRequest, PeopleRequests, Person, Shown } from './users-requests.ts'

const BESIDE_EVERY_MS = 250

interface Tally {
  readonly times: Record<string, number[]>
  readonly errors: Record<string, number>
  notModified: number
  bytes: number
  /** Those too that are not timed. */
  reads: number
}

/** A read that is on the screen, with the key that the dashboard keeps it under. */
interface OpenRead {
  readonly route: string
  readonly address: string
  readonly everyMs: number | undefined
  readonly queryKey: readonly unknown[]
}

/**
 * One person goes from screen to screen, reads there what the screen of the dashboard reads, all at once, and stays for
 * some seconds. Meanwhile one live stream is open, and what it makes stale of what is on the screen is read again, when
 * and as the dashboard does it. Every tab is in sight: nobody looks away.
 */
async function look(
  person: Person,
  number: number,
  request: PeopleRequest,
  tally: Tally,
  { from, ending }: { readonly from: number; readonly ending: AbortSignal }
) {
  const random = randomFrom(number + 1)
  await delay(random.below(request.pause.toMs))
  const headers = { cookie: person.cookie, 'accept-encoding': 'gzip, deflate, br, zstd' }
  const reader = createReader(request.gateway, headers)
  const screens = SCREENS.filter(({ operators }) => person.operator || !operators)
  const heard: Shown[] = []
  const onScreen: Shown[] = []
  let open: readonly OpenRead[] = []
  const read = async ({ route, address }: OpenRead): Promise<void> => {
    const answer = await reader.read(address).catch((error: unknown) => String(error))
    if (ending.aborted) return
    const failed = typeof answer === 'string' ? answer : answer.status >= 400 ? String(answer.status) : null
    if (failed !== null) tally.errors[failed] = (tally.errors[failed] ?? 0) + 1
    tally.reads += 1
    if (typeof answer === 'string' || Date.now() < from) return
    ;(tally.times[route] ??= []).push(answer.ms)
    tally.bytes += answer.bytes
    if (answer.status === 304) tally.notModified += 1
  }
  const readAll = (reads: readonly OpenRead[]): Promise<unknown> => Promise.all(reads.map(read))
  // Told of since the last reading.
  let waiting: number[] = []
  const invalidateQueries: KeptReads['invalidateQueries'] = ({ predicate = () => true }) => {
    const stale = open.filter(predicate)
    const told = waiting
    waiting = []
    if (stale.length === 0) return
    void readAll(stale).then(() => {
      const at = Date.now()
      for (const sequence of told) onScreen.push({ sequence, at })
    })
  }
  const following = followStream({
    reads: { invalidateQueries },
    onState: (state) => {
      if (state === 'live' || ending.aborted) return
      tally.errors[`live stream ${state}`] = (tally.errors[`live stream ${state}`] ?? 0) + 1
    },
    stopped: ending,
    hidden: () => false,
    reachable: () => Promise.resolve(true),
    listen: (lastEventId, onMessage) =>
      listen(request.gateway, person.cookie, lastEventId, ending, (event, data, id) => {
        const sequence = Number(/^(\d+)\./.exec(id ?? '')?.[1] ?? NaN)
        // A message of another stream repeats the position of this one.
        if (sequence > (heard.at(-1)?.sequence ?? -1)) {
          heard.push({ sequence, at: Date.now() })
          waiting.push(sequence)
        }
        onMessage(event, data, id)
      })
  })
  while (!ending.aborted) {
    open = opened(choose(screens, random), person, random)
    await readAll(open)
    const asking = open.flatMap((one) =>
      one.everyMs === undefined ? [] : [setInterval(() => void read(one), one.everyMs)]
    )
    await delay(pause(request.pause, random), undefined, { signal: ending }).catch(() => undefined)
    for (const timer of asking) clearInterval(timer)
  }
  await following
  reader.close()
  return { heard, onScreen }
}

function opened(screen: Screen, person: Person, random: Random): OpenRead[] {
  const chosen = new Map<string, string>()
  const row = (name: string): string => {
    const rows = person.rows[name] ?? []
    const known = chosen.get(name) ?? rows[random.below(rows.length)] ?? ''
    chosen.set(name, known)
    return known
  }
  const filled = (text: string): string => text.replace(/\{(\w+)\}/g, (_all, name: string) => row(name))
  return screen.reads.map(({ path, id, query, everyMs }) => {
    const own = id === undefined ? undefined : filled(id)
    const at = own === undefined ? path : path.replace('{id}', own)
    return {
      route: path,
      address: query === undefined ? at : `${at}?${filled(query)}`,
      everyMs,
      queryKey: [path, { path: { id: own } }]
    }
  })
}

function choose(screens: readonly Screen[], random: Random): Screen {
  let left = random.below(screens.reduce((sum, { weight }) => sum + weight, 0))
  const found = screens.find(({ weight }) => (left -= weight) < 0)
  if (!found) throw new Error('there is no screen')
  return found
}

/** How long a person looks at a screen. */
function pause({ fromMs, toMs }: PeopleRequest['pause'], random: Random): number {
  return fromMs + random.below(toMs - fromMs)
}

/** A live stream as the page opens it; resolves when it ends. */
async function listen(
  gateway: string,
  cookie: string,
  lastEventId: string | null,
  ending: AbortSignal,
  onMessage: OnMessage
): Promise<void> {
  const headers = { cookie, ...(lastEventId === null ? {} : { 'last-event-id': lastEventId }) }
  const answer = await fetch(`${gateway}/v1/stream`, { headers, signal: ending })
  if (!answer.ok || !answer.body) throw new Error(`the live stream answered ${answer.status}`)
  const push = createStreamParser(({ event, data, id }) => onMessage(event, data, id))
  for await (const part of answer.body.pipeThrough(new TextDecoderStream())) push(part)
}

/** The same list by the gateway and by the bare route, in turn, while all the others look. */
async function beside(
  { gateway, bare, people }: PeopleRequest,
  { from, ending }: { readonly from: number; readonly ending: AbortSignal }
) {
  const operator = people.find((person) => person.operator)
  const ours = createReader(gateway, { cookie: operator?.cookie ?? '' }, { forgets: true })
  const theirs = createReader(bare, {})
  const times = { ours: [] as number[], theirs: [] as number[] }
  for (let turn = 0; !ending.aborted; turn += 1) {
    const order = turn % 2 === 0 ? ['ours', 'theirs'] : ['theirs', 'ours']
    for (const who of order) {
      const answer = who === 'ours' ? await ours.read('/v1/leads?limit=100') : await theirs.read('/leads')
      if (Date.now() >= from) times[who as 'ours' | 'theirs'].push(answer.ms)
    }
    await delay(BESIDE_EVERY_MS, undefined, { signal: ending }).catch(() => undefined)
  }
  ours.close()
  theirs.close()
  return times
}

async function run(request: PeopleRequest): Promise<PeopleFigures> {
  const before = process.cpuUsage()
  const ending = new AbortController()
  const tally: Tally = { times: {}, errors: {}, notModified: 0, bytes: 0, reads: 0 }
  // Nobody counts before everybody has come.
  const from = Date.now() + request.pause.toMs
  const timer = setTimeout(() => ending.abort(), request.pause.toMs + request.seconds * 1000)
  const probes = beside(request, { from, ending: ending.signal })
  const live = await Promise.all(
    request.people.map((person, number) => look(person, number, request, tally, { from, ending: ending.signal }))
  )
  clearTimeout(timer)
  const { ours, theirs } = await probes
  const { user, system } = process.cpuUsage(before)
  return {
    ...tally,
    from,
    bareTimes: theirs,
    besideTimes: ours,
    live: live.flatMap(({ heard }, number) => (request.people[number]?.operator ? [heard] : [])),
    onScreen: live.map(({ onScreen }) => onScreen),
    processorMs: (user + system) / 1000
  }
}

const requests: PeopleRequests = { run }
serveWorker(requests)
