import type { EventBatch, EventBatchRequest, EventSource } from '@leadlog/contracts'

/** Batches offered and not yet taken, at which the reading waits. */
const BATCHES_AHEAD = 1

/** Streams that several readers go through together, each read and decoded once for all of them. */
export interface SharedReading {
  /** The reader's view of the log. */
  sourceFor(reader: string): EventSource
  /** The reader is through with the stream, or will not come: the others no longer wait for it. */
  leave(reader: string, stream: string): void
}

/**
 * The first reading of a stream begins when all its readers have asked for it, at the earliest place that one of them
 * wants, and goes on at the pace of the slowest. Whoever asks while it is under way, after a failure for example,
 * reads alone; when all of them were interrupted, they begin together again.
 *
 * Everybody must go through the streams in the same order and leave each of them at last: otherwise they wait for
 * each other for ever.
 *
 * @param readers their streams, by name
 */
export function shareReading(source: EventSource, readers: ReadonlyMap<string, ReadonlySet<string>>): SharedReading {
  const circles = new Map<string, Circle>()
  for (const stream of new Set([...readers.values()].flatMap((streams) => [...streams]))) {
    const members = [...readers].filter(([, streams]) => streams.has(stream)).map(([name]) => name)
    circles.set(stream, createCircle(source, new Set(members)))
  }
  return {
    sourceFor: (reader) => ({
      lastSequence: (stream) => source.lastSequence(stream),
      firstSequence: (stream) => source.firstSequence(stream),
      batches: (request) => circles.get(request.stream)?.batches(reader, request) ?? source.batches(request)
    }),
    leave: (reader, stream) => circles.get(stream)?.leave(reader)
  }
}

/** The readers of one stream. */
interface Circle {
  batches(reader: string, request: EventBatchRequest): AsyncIterable<EventBatch>
  leave(reader: string): void
}

function createCircle(source: EventSource, awaited: Set<string>): Circle {
  /** Readers that wait for the others. */
  let gathered = new Map<string, Place>()
  /** The reading under way, and who still takes part in it. */
  let passing: { readonly places: Set<Place>; readonly ending: AbortController } | null = null
  let onRoom: () => void = () => undefined

  const beginWhenComplete = (): void => {
    if (passing || gathered.size === 0 || [...awaited].some((reader) => !gathered.has(reader))) return
    const pass = { places: new Set(gathered.values()), ending: new AbortController() }
    gathered = new Map()
    passing = pass
    void run(pass.places, pass.ending).finally(() => {
      passing = null
      beginWhenComplete()
    })
  }

  /** Reads the stream once and hands every batch to all that take part. */
  const run = async (places: ReadonlySet<Place>, ending: AbortController): Promise<void> => {
    try {
      for await (const batch of source.batches(commonRequest([...places], ending.signal))) {
        for (const place of places) place.offer(batch)
        while ([...places].some(({ waiting }) => waiting >= BATCHES_AHEAD)) {
          await new Promise<void>((resolve) => (onRoom = resolve))
        }
        if (places.size === 0) return
      }
      for (const place of places) place.end(null)
    } catch (error) {
      for (const place of places) place.end({ error })
    } finally {
      ending.abort()
    }
  }

  const giveUp = (reader: string, place: Place): void => {
    if (gathered.get(reader) === place) gathered.delete(reader)
    if (passing?.places.delete(place) && passing.places.size === 0) passing.ending.abort()
    onRoom()
  }

  async function* takePart(reader: string, request: EventBatchRequest): AsyncGenerator<EventBatch, void, undefined> {
    const place = createPlace(request)
    const onAbort = (): void => place.end(null)
    request.signal.addEventListener('abort', onAbort)
    gathered.set(reader, place)
    try {
      beginWhenComplete()
      for (;;) {
        const batch = await place.next()
        onRoom()
        if (batch === null || request.signal.aborted) return
        const own = within(batch, request)
        if (own === null) continue
        yield own
        if (own.throughSequence >= (request.untilSequence ?? Infinity)) return
      }
    } finally {
      request.signal.removeEventListener('abort', onAbort)
      giveUp(reader, place)
    }
  }

  return {
    batches(reader, request) {
      const apart = passing !== null || !awaited.has(reader) || gathered.has(reader) || request.signal.aborted
      return apart ? source.batches(request) : takePart(reader, request)
    },
    leave(reader) {
      awaited.delete(reader)
      beginWhenComplete()
    }
  }
}

/** What one reader has not yet taken. */
interface Place {
  readonly request: EventBatchRequest
  readonly waiting: number
  offer(batch: EventBatch): void
  /** Nothing more comes; or, after what was offered, the failure. */
  end(failure: { readonly error: unknown } | null): void
  /** Null at the end. */
  next(): Promise<EventBatch | null>
}

function createPlace(request: EventBatchRequest): Place {
  const batches: EventBatch[] = []
  let ended: { readonly failure: { readonly error: unknown } | null } | null = null
  let wake: () => void = () => undefined
  return {
    request,
    get waiting() {
      return batches.length
    },
    offer(batch) {
      batches.push(batch)
      wake()
    },
    end(failure) {
      ended ??= { failure }
      wake()
    },
    async next() {
      while (batches.length === 0 && ended === null) await new Promise<void>((resolve) => (wake = resolve))
      const batch = batches.shift()
      if (batch) return batch
      if (ended?.failure) throw ended.failure.error
      return null
    }
  }
}

/** One request that covers all: never more events at a time than the most careful of them wants. */
function commonRequest(places: readonly Place[], signal: AbortSignal): EventBatchRequest {
  const requests = places.map(({ request }) => request)
  const whole = requests.some(({ subjects }) => subjects === undefined)
  const ends = requests.map(({ untilSequence }) => untilSequence ?? Infinity)
  const until = Math.max(...ends)
  return {
    stream: requests[0]?.stream ?? '',
    fromSequence: Math.min(...requests.map(({ fromSequence }) => fromSequence)),
    maxEvents: Math.min(...requests.map(({ maxEvents }) => maxEvents)),
    maxWaitMs: Math.min(...requests.map(({ maxWaitMs }) => maxWaitMs)),
    ...(whole ? {} : { subjects: [...new Set(requests.flatMap(({ subjects }) => subjects ?? []))] }),
    ...(until === Infinity ? {} : { untilSequence: until }),
    signal
  }
}

/** The part of the batch that the reader asked for; null where it lies before that. */
function within(batch: EventBatch, { fromSequence, untilSequence = Infinity }: EventBatchRequest): EventBatch | null {
  if (batch.throughSequence < fromSequence) return null
  const first = batch.events[0]?.sequence ?? fromSequence
  if (first >= fromSequence && batch.throughSequence <= untilSequence) return batch
  return {
    events: batch.events.filter(({ sequence }) => sequence >= fromSequence && sequence <= untilSequence),
    throughSequence: Math.min(batch.throughSequence, untilSequence),
    caughtUp: batch.caughtUp
  }
}
