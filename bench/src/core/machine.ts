import { execFileSync } from 'node:child_process'
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { availableParallelism, cpus, release, totalmem, type } from 'node:os'
import path from 'node:path'
import { quantile } from './statistics.ts'

const SYNCS = 200
const SYNC_BYTES = 4096

/** What the figures depend on beside the code. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGiB: number
  readonly system: string
  readonly node: string
  /** What one small write with fsync takes on the disk used, in milliseconds. */
  readonly fsyncMs: { readonly p50: number; readonly p99: number }
  readonly commit: string
}

export function describeMachine(folder: string): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
    fsyncMs: measureFsync(folder),
    commit: commit()
  }
}

function measureFsync(folder: string): Machine['fsyncMs'] {
  const file = openSync(path.join(folder, 'fsync-probe'), 'w')
  const bytes = Buffer.alloc(SYNC_BYTES, 1)
  const durations: number[] = []
  for (let index = 0; index < SYNCS; index += 1) {
    const began = performance.now()
    writeSync(file, bytes)
    fsyncSync(file)
    durations.push(performance.now() - began)
  }
  closeSync(file)
  return { p50: round(quantile(durations, 0.5)), p99: round(quantile(durations, 0.99)) }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: import.meta.dirname, encoding: 'utf8' }).trim()
  } catch {
    return 'unknown'
  }
}
