import { PassThrough, type Readable } from 'node:stream'

/** A client that reads slower than this much behind is let go; it comes back and is told what it missed. */
const MAX_WAITING_BYTES = 1_048_576
/** Proxies cut connections that are silent for a minute. */
const HEARTBEAT_MS = 15_000
/** How long a client waits before it comes back, in milliseconds. */
const RETRY_MS = 2_000

/** One message of a server-sent event stream. */
export interface SseMessage {
  readonly event: string
  readonly data: unknown
  /** Where a client that saw this message goes on. */
  readonly id?: string
}

/** A server-sent event stream to one client. */
export interface SseStream {
  readonly body: Readable
  send(messages: readonly SseMessage[]): void
  end(): void
  /** Ends it at once: what a slow client has not read yet is not waited for. */
  cut(): void
}

/** Opens a stream that beats while it is silent and never holds more than a bounded amount for a slow client. */
export function openSse(onClosed: () => void): SseStream {
  const body = new PassThrough()
  const write = (text: string): void => {
    if (body.writableEnded || body.destroyed) return
    if (body.writableLength + body.readableLength > MAX_WAITING_BYTES) body.destroy()
    else body.write(text)
  }
  const heartbeat = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS)
  heartbeat.unref()
  body.once('close', () => {
    clearInterval(heartbeat)
    onClosed()
  })
  write(`retry: ${RETRY_MS}\n\n`)
  return {
    body,
    send: (messages) => write(messages.map(format).join('')),
    end: () => {
      if (!body.writableEnded) body.end()
    },
    cut: () => void body.destroy()
  }
}

/** JSON has no line breaks, so that one data line is enough. */
function format({ event, data, id }: SseMessage): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}
