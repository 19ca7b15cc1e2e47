/** When each received event could first be read at the gateway. */
export interface Visibility {
  /** Milliseconds of Unix time by the event's id. */
  readonly seen: ReadonlyMap<string, number>
  /** Commits whose rows were too many to be named one by one. */
  readonly unnamed: number
  close(): Promise<void>
}

/** Follows the gateway's live stream, which tells of a row once it can be read; one connection instead of polling. */
export async function followGateway(gateway: string, apiKey: string): Promise<Visibility> {
  const closing = new AbortController()
  const answer = await fetch(`${gateway}/v1/stream?topics=received-event.changed`, {
    headers: { authorization: `Bearer ${apiKey}` },
    signal: closing.signal
  })
  if (!answer.ok || !answer.body) throw new Error(`the live stream answered ${answer.status} ${await answer.text()}`)
  const seen = new Map<string, number>()
  const counts = { unnamed: 0 }
  let opened: () => void = () => undefined
  const ready = new Promise<void>((resolve) => (opened = resolve))
  const take = (message: string, at: number): void => {
    const event = /^event: (.*)$/m.exec(message)?.[1]
    if (event === 'ready') opened()
    if (event !== 'received-event.changed') return
    const { id } = JSON.parse(/^data: (.*)$/m.exec(message)?.[1] ?? '{}') as { id?: string | null }
    if (typeof id !== 'string') counts.unnamed += 1
    else if (!seen.has(id)) seen.set(id, at)
  }
  const body = answer.body
  const reading = (async () => {
    const decoder = new TextDecoder()
    let rest = ''
    for await (const chunk of body) {
      const at = performance.timeOrigin + performance.now()
      const messages = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n\n')
      rest = messages.pop() ?? ''
      for (const message of messages) take(message, at)
    }
  })().catch((error: unknown) => {
    if (!closing.signal.aborted) console.error('the live stream broke:', error)
  })
  await ready
  return {
    seen,
    get unnamed() {
      return counts.unnamed
    },
    async close() {
      closing.abort()
      await reading
    }
  }
}

/** One event in so many is read at once when the live stream names it. */
const READ_ONE_IN = 10
const LOOK_EVERY_MS = 100

/** Reads some of the events as soon as the live stream names them; gives how many could not be read. */
export function confirmReadable(gateway: string, apiKey: string, { seen }: Visibility): { stop(): Promise<number> } {
  const known = new Set(seen.keys())
  const answers: Promise<boolean>[] = []
  const look = (): void => {
    for (const eventId of seen.keys()) {
      if (known.has(eventId)) continue
      known.add(eventId)
      if (known.size % READ_ONE_IN === 0) answers.push(isReadable(gateway, apiKey, eventId))
    }
  }
  const timer = setInterval(look, LOOK_EVERY_MS)
  return {
    async stop() {
      clearInterval(timer)
      look()
      return (await Promise.all(answers)).filter((readable) => !readable).length
    }
  }
}

async function isReadable(gateway: string, apiKey: string, eventId: string): Promise<boolean> {
  const answer = await fetch(`${gateway}/v1/received-events/${eventId}`, {
    headers: { authorization: `Bearer ${apiKey}` }
  })
  await answer.arrayBuffer()
  return answer.ok
}
