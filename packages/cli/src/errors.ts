import { exitCodes, type ExitCode } from './exit-codes.ts'

/** An error that the person at the terminal can act on: one plain sentence that says what to do next, and a code. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly code: string
  readonly exitCode: ExitCode

  constructor(code: string, message: string, exitCode: ExitCode, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.exitCode = exitCode
  }
}

/** The command line is wrong. */
export function usageError(message: string): CliError {
  return new CliError('CLI_USAGE', message, exitCodes.usage)
}

/** What was asked for does not exist. */
export function notFound(message: string): CliError {
  return new CliError('CLI_NOT_FOUND', message, exitCodes.notFound)
}

/** The verb could do it and does not: a person has to decide first. */
export function refused(code: string, message: string): CliError {
  return new CliError(code, message, exitCodes.refused)
}

/** A setting is missing. */
export function notConfigured(message: string): CliError {
  return new CliError('CLI_NOT_CONFIGURED', message, exitCodes.notConfigured)
}
