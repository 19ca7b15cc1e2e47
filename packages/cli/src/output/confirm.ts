import { createInterface } from 'node:readline/promises'
import { refused } from '../errors.ts'

export interface ConfirmOptions {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean }
  readonly yes: boolean
  readonly json: boolean
  readonly signal: AbortSignal
}

/**
 * Returns when the person agrees: by `--yes`, or by answering on a terminal.
 *
 * @throws CliError CLI_NOT_CONFIRMED otherwise
 */
export async function confirm(question: string, options: ConfirmOptions): Promise<void> {
  const { stdin, stderr, yes, json, signal } = options
  if (yes) return
  if (json || stdin.isTTY !== true || stderr.isTTY !== true) {
    throw refused('CLI_NOT_CONFIRMED', `${question} Nothing was done; say --yes if that is what you want`)
  }
  const lines = createInterface({ input: stdin, output: stderr })
  try {
    const given = await lines.question(`${question} [y/N] `, { signal })
    if (/^y(es)?$/i.test(given.trim())) return
  } finally {
    lines.close()
  }
  throw refused('CLI_NOT_CONFIRMED', 'Nothing was done, as you wished')
}
