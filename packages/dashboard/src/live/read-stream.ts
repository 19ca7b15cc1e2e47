import { ask } from '../api/client.ts'
import { createStreamParser, type StreamMessage } from './event-stream-parser.ts'

/** The gateway sends a heartbeat every 15 seconds; a stream that is silent for longer is dead. */
const SILENT_MS = 40_000

/** Reads an event stream of the gateway: resolves when it ends, rejects when it breaks or is silent for too long. */
export async function readStream(
  address: string,
  asked: { readonly signal: AbortSignal; readonly headers?: Readonly<Record<string, string>> },
  onMessage: (message: StreamMessage) => void
): Promise<void> {
  const silent = new AbortController()
  let timer = setTimeout(() => silent.abort(), SILENT_MS)
  try {
    const answer = await ask(address, {
      signal: AbortSignal.any([asked.signal, silent.signal]),
      headers: { accept: 'text/event-stream', ...asked.headers }
    })
    const push = createStreamParser(onMessage)
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    for (let part = await reader?.read(); part !== undefined && !part.done; part = await reader?.read()) {
      clearTimeout(timer)
      timer = setTimeout(() => silent.abort(), SILENT_MS)
      push(part.value)
    }
  } finally {
    clearTimeout(timer)
  }
}
