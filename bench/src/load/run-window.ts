import { quantile } from '../core/statistics.ts'
import { openHttpConnection } from './http-connection.ts'

export interface WindowRequest {
  readonly port: number
  readonly connections: number
  /** The window ends after this, or when the prepared requests are used up. */
  readonly milliseconds: number
}

export interface WindowReport {
  /** 200 answers inside the window. */
  readonly accepted: number
  readonly milliseconds: number
  /** All 200 answers, those that came after the window to requests of the window included. */
  readonly acceptedInAll: number
  /** Answers other than 200, by status. */
  readonly refused: Readonly<Record<string, number>>
  readonly p50: number
  readonly p99: number
  /** Share of one core that this process used. */
  readonly ownCpu: number
}

/** Sends the requests over so many connections, each waiting for its answer, and waits for every answer. */
export async function runWindow(requests: readonly Buffer[], window: WindowRequest): Promise<WindowReport> {
  let failed: (error: Error) => void = () => undefined
  const failure = new Promise<never>((_resolve, reject) => (failed = reject))
  const connections = await Promise.all(
    Array.from({ length: window.connections }, () => openHttpConnection(window.port, (error) => failed(error)))
  )
  const refused: Record<string, number> = {}
  const durations: number[] = []
  let accepted = 0
  let acceptedInAll = 0
  let next = 0
  const cpu = process.cpuUsage()
  const began = performance.now()
  const deadline = began + window.milliseconds
  let lastAnswer = began

  const work = (connection: (typeof connections)[number]): Promise<void> =>
    new Promise((resolve) => {
      const step = (): void => {
        const request = performance.now() < deadline ? requests[next] : undefined
        if (request === undefined) return resolve()
        next += 1
        const sent = performance.now()
        connection.send(request, (status) => {
          const now = performance.now()
          if (status === 200) {
            acceptedInAll += 1
            if (now <= deadline) accepted += 1
          } else refused[status] = (refused[status] ?? 0) + 1
          if (now <= deadline) lastAnswer = now
          durations.push(now - sent)
          step()
        })
      }
      step()
    })

  try {
    await Promise.race([Promise.all(connections.map(work)), failure])
  } finally {
    for (const connection of connections) connection.close()
  }
  const spent = process.cpuUsage(cpu)
  const milliseconds = next < requests.length ? window.milliseconds : lastAnswer - began
  return {
    accepted,
    milliseconds,
    acceptedInAll,
    refused,
    p50: quantile(durations, 0.5),
    p99: quantile(durations, 0.99),
    ownCpu: (spent.user + spent.system) / 1000 / (performance.now() - began)
  }
}
