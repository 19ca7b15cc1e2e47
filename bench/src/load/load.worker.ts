import { serveWorker } from '../core/worker.ts'
import { runWindow, type WindowReport, type WindowRequest } from './run-window.ts'
import { signedRequests, type SignedRequestsOptions } from './signed-requests.ts'

let prepared: Buffer[] = []

export type LoadRequests = {
  /** Makes and signs the requests of the next window; signatures are good for five minutes. */
  prepare(options: SignedRequestsOptions): { bytesPerRequest: number }
  run(request: WindowRequest): Promise<WindowReport>
}

const requests: LoadRequests = {
  prepare(options) {
    prepared = signedRequests(options)
    const bytes = prepared.reduce((sum, request) => sum + request.length, 0)
    globalThis.gc?.()
    return { bytesPerRequest: Math.round(bytes / Math.max(1, prepared.length)) }
  },
  run: (request) => runWindow(prepared, request)
}

serveWorker(requests)
