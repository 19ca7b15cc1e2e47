import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { isJsonObject, parseJson } from './json.ts'
import type { JsonObject } from './json.ts'

/** One remembered fact: what kind it is of, and its content. */
export interface StateEntry {
  kind: string
  value: JsonObject
}

/** Where the simulators' state outlives the process. */
export interface StateLog {
  /** Everything remembered, oldest first. */
  load(): StateEntry[]
  /** Remembers a fact before the vendor's answer leaves, so that nothing answered is forgotten. */
  append(entry: StateEntry): void
  /** Replaces everything by these entries, whole or not at all. */
  replace(entries: readonly StateEntry[]): void
}

/** Forgets everything with the process. */
export const memoryStateLog = (): StateLog => ({
  load: () => [],
  append: () => undefined,
  replace: () => undefined
})

const toLine = (entry: StateEntry): string => `${JSON.stringify(entry)}\n`

const toEntry = (line: string): StateEntry[] => {
  const parsed = parseJson(line)
  if (!isJsonObject(parsed)) return []
  const { kind, value } = parsed
  return typeof kind === 'string' && isJsonObject(value) ? [{ kind, value }] : []
}

const readText = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

/**
 * A file of JSON lines. A fact is one appended line, so a killed process leaves whole lines and at most one torn tail,
 * which `load` leaves out; `replace` writes a new file and renames it over the old one.
 */
export const fileStateLog = (path: string): StateLog => {
  mkdirSync(dirname(path), { recursive: true })
  return {
    load: () => readText(path).split('\n').flatMap(toEntry),
    append: (entry) => {
      appendFileSync(path, toLine(entry))
    },
    replace: (entries) => {
      const next = `${path}.next`
      writeFileSync(next, entries.map(toLine).join(''))
      renameSync(next, path)
    }
  }
}
