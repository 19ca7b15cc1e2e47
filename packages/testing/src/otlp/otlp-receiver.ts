import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { spansOf, type ReceivedSpan } from './received-span.ts'

/** What takes traces in place of a collector. */
export interface OtlpReceiver {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly url: string
  /** Everything that arrived so far, decoded. */
  readonly spans: readonly ReceivedSpan[]
  /** Everything that arrived so far, as it came: for searching. */
  raw(): Buffer
  /** Headers of the last export. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  close(): Promise<void>
}

/** Starts an OTLP/HTTP receiver of traces in protobuf on a free port of 127.0.0.1. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = []
  const bodies: Buffer[] = []
  let headers: OtlpReceiver['headers'] = {}
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const sent = Buffer.concat(chunks)
      const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent
      headers = request.headers
      const known = request.method === 'POST' && request.url === '/v1/traces'
      if (known) {
        bodies.push(body)
        spans.push(...spansOf(body))
      }
      response.writeHead(known ? 200 : 404, { 'content-type': 'application/x-protobuf' }).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    spans,
    raw: () => Buffer.concat(bodies),
    get headers() {
      return headers
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}
