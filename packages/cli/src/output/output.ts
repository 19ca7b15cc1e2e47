import type { Answer } from '../declaration/verb.ts'
import type { Explained } from '../explain-error.ts'
import { createStyle, type Style } from './style.ts'

/** Where a verb's words go. Results are on standard output, everything said meanwhile on standard error. */
export interface Output {
  readonly json: boolean
  /** For standard output. */
  readonly style: Style
  /** For standard error, where what is said meanwhile goes. */
  readonly noteStyle: Style
  /** One item of a stream: a line of JSON with `--json`, else the text. Resolves when more can be written. */
  item(value: unknown, text: () => string): Promise<void>
  answer(answer: Answer): Promise<void>
  /** A line for the person, on standard error; not with `--json`. */
  note(line: string): void
  error(explained: Explained, cause: unknown): void
}

/** The parts of a stream that output needs. */
export interface Sink {
  write(text: string): boolean
  once(event: 'drain' | 'close', listener: () => void): unknown
  readonly isTTY?: boolean
  readonly columns?: number
}

export interface OutputOptions {
  readonly stdout: Sink
  readonly stderr: Sink
  readonly json: boolean
  readonly colour: { readonly stdout: boolean; readonly stderr: boolean }
}

export function createOutput({ stdout, stderr, json, colour }: OutputOptions): Output {
  const errorStyle = createStyle(colour.stderr, widthOf(stderr))
  const write = async (text: string): Promise<void> => {
    if (stdout.write(text)) return
    await new Promise<void>((resolve) => {
      stdout.once('drain', resolve)
      stdout.once('close', resolve)
    })
  }
  return {
    json,
    style: createStyle(colour.stdout, widthOf(stdout)),
    noteStyle: errorStyle,
    item: (value, text) => write(`${json ? JSON.stringify(value) : text()}\n`),
    answer: (answer) => write(`${json ? JSON.stringify(answer.value, null, 2) : answer.text()}\n`),
    note(line) {
      if (!json) stderr.write(`${line}\n`)
    },
    error({ code, message, exitCode, unforeseen }, cause) {
      if (json) {
        stderr.write(`${JSON.stringify({ error: { code, message, exitCode } })}\n`)
        return
      }
      stderr.write(`${errorStyle.bad('leadlog:')} ${message} ${errorStyle.dim(`(${code})`)}\n`)
      if (unforeseen && cause instanceof Error && cause.stack) stderr.write(`${errorStyle.dim(cause.stack)}\n`)
    }
  }
}

function widthOf({ isTTY, columns }: Sink): number | undefined {
  return isTTY === true ? columns : undefined
}
