import { setTimeout as delay } from 'node:timers/promises'
import { serveWorker } from '../core/worker.ts'
import { randomFrom, type Random } from '../scale/random.ts'
import { createReader } from './http-read.ts'
import { routeOf, SCREENS, type Screen } from './screens.ts'
import type { PeopleFigures, PeopleRequest, PeopleRequests, Person } from './users-requests.ts'

/** As the dashboard: a storm of changes is read at most so often. */
const READ_AGAIN_MS = 800
const BESIDE_EVERY_MS = 250
/** Of what a mean pause is at the most; nobody sits still for ever. */
const LONGEST_PAUSE = 4

interface Tally {
  readonly times: Record<string, number[]>
  readonly errors: Record<string, number>
  notModified: number
  bytes: number
}

/** One person goes from screen to screen; what is on the screen is read again when the stream says so. */
async function look(person: Person, number: number, request: PeopleRequest, tally: Tally, ending: AbortSignal) {
  const random = randomFrom(number + 1)
  const headers = { cookie: person.cookie, 'accept-encoding': 'gzip, br' }
  const reader = createReader(request.gateway, headers)
  const screens = SCREENS.filter(({ operators }) => person.operator || !operators)
  const shown: { sequence: number; at: number }[] = []
  let open: readonly { address: string; topics: readonly string[] }[] = []
  const read = async (address: string): Promise<void> => {
    const answer = await reader.read(address).catch((error: unknown) => String(error))
    if (ending.aborted) return
    const failed = typeof answer === 'string' ? answer : answer.status >= 400 ? String(answer.status) : null
    if (failed !== null) tally.errors[failed] = (tally.errors[failed] ?? 0) + 1
    if (typeof answer === 'string') return
    const route = routeOf(address.replace(/\/[0-9a-f-]{32,36}(?=\/|\?|$)/, '/{id}'))
    ;(tally.times[route] ??= []).push(answer.ms)
    tally.bytes += answer.bytes
    if (answer.status === 304) tally.notModified += 1
  }
  const waiting = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  const readAgain = (topic: string): void => {
    waiting.add(topic)
    timer ??= setTimeout(() => {
      timer = undefined
      const stale = open.filter(({ topics }) => topics.some((one) => waiting.has(one)))
      waiting.clear()
      for (const { address } of stale) void read(address)
    }, READ_AGAIN_MS)
  }
  const following = follow(request.gateway, headers, ending, readAgain, shown)
  await delay(random.below(request.thinkMs))
  while (!ending.aborted) {
    open = opened(choose(screens, random), person, random)
    await Promise.all(open.map(({ address }) => read(address)))
    await delay(pause(request.thinkMs, random), undefined, { signal: ending }).catch(() => undefined)
  }
  clearTimeout(timer)
  await following
  reader.close()
  return shown
}

function opened(screen: Screen, person: Person, random: Random) {
  const chosen = new Map<string, string>()
  const row = (name: string): string => {
    const rows = person.rows[name] ?? []
    const known = chosen.get(name) ?? rows[random.below(rows.length)] ?? ''
    chosen.set(name, known)
    return known
  }
  return screen.reads.map(({ route, topics }) => ({
    address: route.replace(/\{(\w+)\}/g, (_all, name: string) => row(name)),
    topics
  }))
}

function choose(screens: readonly Screen[], random: Random): Screen {
  let left = random.below(screens.reduce((sum, { weight }) => sum + weight, 0))
  const found = screens.find(({ weight }) => (left -= weight) < 0)
  if (!found) throw new Error('there is no screen')
  return found
}

/** Mostly short, sometimes long: exponential. */
function pause(meanMs: number, random: Random): number {
  return Math.min(-Math.log(1 - random.below(1_000) / 1_000), LONGEST_PAUSE) * meanMs
}

/** Keeps a live stream open and notes when it showed which position. */
async function follow(
  gateway: string,
  headers: Readonly<Record<string, string>>,
  ending: AbortSignal,
  onTopic: (topic: string) => void,
  shown: { sequence: number; at: number }[]
): Promise<void> {
  try {
    const answer = await fetch(`${gateway}/v1/stream`, { headers: { cookie: headers['cookie'] ?? '' }, signal: ending })
    if (!answer.ok || !answer.body) throw new Error(`the live stream answered ${answer.status}`)
    let rest = ''
    for await (const part of answer.body.pipeThrough(new TextDecoderStream())) {
      const messages = (rest + part).split('\n\n')
      rest = messages.pop() ?? ''
      for (const message of messages) {
        const topic = /^event: (.*)$/m.exec(message)?.[1]
        const sequence = Number(/^id: (\d+)\./m.exec(message)?.[1] ?? NaN)
        if (Number.isFinite(sequence)) shown.push({ sequence, at: Date.now() })
        if (topic !== undefined && topic !== 'ready') onTopic(topic)
      }
    }
  } catch (error) {
    if (!ending.aborted) throw error
  }
}

/** The same list by the gateway and by the bare route, in turn, while all the others look. */
async function beside({ gateway, bare, people }: PeopleRequest, ending: AbortSignal) {
  const operator = people.find((person) => person.operator)
  const ours = createReader(gateway, { cookie: operator?.cookie ?? '' }, { forgets: true })
  const theirs = createReader(bare, {})
  const times = { ours: [] as number[], theirs: [] as number[] }
  for (let turn = 0; !ending.aborted; turn += 1) {
    const order = turn % 2 === 0 ? ['ours', 'theirs'] : ['theirs', 'ours']
    for (const who of order) {
      const answer = who === 'ours' ? await ours.read('/v1/leads?limit=100') : await theirs.read('/leads')
      times[who as 'ours' | 'theirs'].push(answer.ms)
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
  const tally: Tally = { times: {}, errors: {}, notModified: 0, bytes: 0 }
  const timer = setTimeout(() => ending.abort(), request.seconds * 1000)
  const probes = beside(request, ending.signal)
  const live = await Promise.all(
    request.people.map((person, number) => look(person, number, request, tally, ending.signal))
  )
  clearTimeout(timer)
  const { ours, theirs } = await probes
  const { user, system } = process.cpuUsage(before)
  return {
    ...tally,
    bareTimes: theirs,
    besideTimes: ours,
    live: live.filter((_shown, number) => request.people[number]?.operator),
    processorMs: (user + system) / 1000
  }
}

const requests: PeopleRequests = { run }
serveWorker(requests)
