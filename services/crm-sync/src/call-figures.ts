import { AsyncLocalStorage } from 'node:async_hooks'
import type { CallEnded } from '@leadlog/outbound'
import type { CallFigures } from './crm-provider.ts'

interface Figures {
  httpStatus: number | null
  waitedMs: number
  latencyMs: number
}

/** Of an outcome that needed no call. */
export const noCall: CallFigures = { httpStatus: null, waitedMs: 0, latencyMs: 0 }

const current = new AsyncLocalStorage<Figures>()

/** Adds an ended attempt to the figures of the call that it belongs to. */
export function noteCallEnded({ status, waitedMs, durationMs }: CallEnded): void {
  const figures = current.getStore()
  if (figures === undefined) return
  figures.httpStatus = status === 0 ? null : status
  figures.waitedMs += waitedMs
  figures.latencyMs += durationMs
}

/** Runs calls and tells how long they waited and took together, and the last status. */
export async function withFigures<Value>(
  run: () => Promise<Value>
): Promise<{ value: Value; figures: Readonly<Figures> }> {
  const figures: Figures = { ...noCall }
  return { value: await current.run(figures, run), figures }
}
