/** One level of a logger: fields first, then the message, as pino takes them. */
export interface LogFunction {
  (fields: object, message?: string): void
  (message: string): void
}

/** The part of pino's logger that this package uses; any pino logger fits. */
export interface Logger {
  readonly debug: LogFunction
  readonly info: LogFunction
  readonly warn: LogFunction
  readonly error: LogFunction
}
