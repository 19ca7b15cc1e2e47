import { stdSerializers } from 'pino'

/** What an error becomes in a log line. */
export type LoggedError = Readonly<Record<string, unknown>>

/**
 * Of an error of Postgres only these are logged. Its `detail` and `where` quote rows and parameters, which may be
 * personal data: "Key (email)=(…) already exists", "unnamed portal parameter $1 = '…'".
 */
const KEPT_OF_POSTGRES = ['code', 'severity', 'schema', 'table', 'column', 'constraint', 'routine'] as const

/** Class "data exception": the message itself quotes the value, `invalid input syntax for type integer: "…"`. */
const DATA_EXCEPTION = '22'

/** Turns what is logged under `err` into fields, without the values that a server's error quotes, at any depth of causes. */
export function loggedError(error: Error): LoggedError {
  const postgres = chainOf(error).filter(isPostgresError)
  // The texts of an error hold those of its causes.
  const clean = (text: string): string =>
    postgres.reduce((cleaned, { message, code }) => {
      return code.startsWith(DATA_EXCEPTION) ? cleaned.replaceAll(message, withoutValues(message)) : cleaned
    }, text)
  const { type, message, stack, aggregateErrors, ...fields } = stdSerializers.err(error)
  const own = isPostgresError(error)
    ? Object.fromEntries(KEPT_OF_POSTGRES.flatMap((name) => (name in error ? [[name, Reflect.get(error, name)]] : [])))
    : withoutErrors(error, Object.keys(fields))
  return {
    type,
    message: clean(message),
    stack: clean(stack),
    ...own,
    ...(error instanceof AggregateError && aggregateErrors
      ? { aggregateErrors: error.errors.filter((one) => one instanceof Error).map(loggedError) }
      : {})
  }
}

/** What pino takes as the line's message where none is given: the message of the error, without values. */
export function messageOf(first: unknown): string | undefined {
  const error = typeof first === 'object' && first !== null && 'err' in first ? first.err : first
  return error instanceof Error ? String(loggedError(error)['message']) : undefined
}

interface PostgresError extends Error {
  readonly code: string
  readonly severity: string
}

function isPostgresError(error: Error): error is PostgresError {
  return 'severity' in error && 'code' in error && typeof error.code === 'string' && error.code.length === 5
}

/** The error and what caused it; a chain that comes back to itself ends. */
function chainOf(error: Error): Error[] {
  const chain = new Set<Error>()
  for (let next: unknown = error; next instanceof Error && !chain.has(next); next = next.cause) chain.add(next)
  return [...chain]
}

/** The error's own fields; errors among them as errors are told here. */
function withoutErrors(error: Error, names: readonly string[]): LoggedError {
  return Object.fromEntries(
    names
      .filter((name) => name !== 'raw')
      .map((name) => {
        const value: unknown = Reflect.get(error, name)
        return [name, value instanceof Error ? loggedError(value) : value]
      })
  )
}

function withoutValues(message: string): string {
  return message.replace(/".*"/s, '"…"')
}
