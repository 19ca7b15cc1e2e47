import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** Enough for the last lines of any log without reading a large file. */
const TAIL_BYTES = 16_384

/** The last `count` lines of a log file; empty when there is none. */
export function lastLines(file: string, count: number): string[] {
  let descriptor: number
  try {
    descriptor = openSync(file, 'r')
  } catch {
    return []
  }
  try {
    const size = fstatSync(descriptor).size
    const length = Math.min(size, TAIL_BYTES)
    const buffer = Buffer.alloc(length)
    readSync(descriptor, buffer, 0, length, size - length)
    return buffer.toString('utf8').split('\n').filter(Boolean).slice(-count)
  } finally {
    closeSync(descriptor)
  }
}
