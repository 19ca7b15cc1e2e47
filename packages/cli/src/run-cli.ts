import type { Environment } from '@leadlog/service'
import { findTarget } from './config.ts'
import { createConnections } from './connection/connections.ts'
import type { Context } from './context.ts'
import { parseVerbArgs, type ParsedArgs } from './declaration/parse-verb-args.ts'
import { verbHelp } from './declaration/verb-help.ts'
import type { VerbEntry } from './declaration/verb.ts'
import { explainError } from './explain-error.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { findVerb } from './find-verb.ts'
import { confirm } from './output/confirm.ts'
import { createOutput, type Output, type Sink } from './output/output.ts'
import { createProgress } from './output/progress.ts'
import { wantsColour } from './output/style.ts'
import { groupHelp, overview } from './overview.ts'
import { version } from './version.ts'

export interface Terminal {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  readonly stdout: Sink
  readonly stderr: NodeJS.WritableStream & Sink
}

export interface CliRequest {
  readonly args: readonly string[]
  readonly verbs: readonly VerbEntry[]
  readonly environment: Environment
  readonly terminal: Terminal
  /** Aborted when the person wants to stop. */
  readonly signal: AbortSignal
  readonly now?: () => Date
}

/** Runs one command line and gives the exit code. Nothing it throws gets out. */
export async function runCli(request: CliRequest): Promise<ExitCode> {
  const { args, verbs, terminal, environment } = request
  const out = createOutput({
    stdout: terminal.stdout,
    stderr: terminal.stderr,
    json: args.includes('--json'),
    colour: {
      stdout: wantsColour(terminal.stdout.isTTY === true, environment),
      stderr: wantsColour(terminal.stderr.isTTY === true, environment)
    }
  })
  try {
    const answered = await answerWithoutVerb(args, verbs, out)
    if (answered !== undefined) return answered
    const found = findVerb(verbs, args)
    if (found.kind === 'group') return await show(out, groupHelp(found.name, found.entries, out.style))
    const { verb } = await found.entry.load()
    if (found.rest.includes('--help') || found.rest.includes('-h')) {
      return await show(out, verbHelp(found.entry, verb, out.style))
    }
    const parsed = parseVerbArgs(found.entry.name, verb, found.rest)
    return await withContext(request, out, parsed, async (context) => {
      const answer = await verb.run(context, parsed.values)
      if (answer) await out.answer(answer)
      return answer?.exitCode ?? exitCodes.ok
    })
  } catch (error) {
    if (request.signal.aborted && isAbort(error)) return exitCodes.interrupted
    const explained = explainError(error)
    out.error(explained, error)
    return explained.exitCode
  }
}

async function answerWithoutVerb(
  args: readonly string[],
  verbs: readonly VerbEntry[],
  out: Output
): Promise<ExitCode | undefined> {
  const [first] = args
  if (first === '--version' || first === '-V') {
    await out.answer({ value: { version }, text: () => `leadlog ${version}` })
    return exitCodes.ok
  }
  if (first === '--help' || first === '-h') return show(out, overview(verbs, out.style))
  if (first === undefined) {
    await show(out, overview(verbs, out.style))
    return exitCodes.usage
  }
  return undefined
}

async function show(out: Output, text: string): Promise<ExitCode> {
  await out.answer({ value: { help: text }, text: () => text })
  return exitCodes.ok
}

async function withContext(
  request: CliRequest,
  out: Output,
  { json, yes }: ParsedArgs,
  run: (context: Context) => Promise<ExitCode>
): Promise<ExitCode> {
  const { terminal, signal, environment, now = () => new Date() } = request
  const target = findTarget(environment)
  const connect = createConnections(target, out)
  try {
    return await run({
      out,
      target,
      connect,
      now,
      signal,
      yes,
      confirm: (question) => confirm(question, { stdin: terminal.stdin, stderr: terminal.stderr, yes, json, signal }),
      progress: (unit) => createProgress({ stderr: terminal.stderr, json, unit, now: () => performance.now() })
    })
  } finally {
    await connect.close()
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}
