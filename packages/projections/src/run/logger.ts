/** What this package needs of a logger; a pino logger fits. */
export interface ProjectionLogger {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}
