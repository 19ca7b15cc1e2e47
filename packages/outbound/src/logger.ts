/** What this package needs of a logger; a pino logger fits. Bodies and headers are never given to it. */
export interface OutboundLogger {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

export const silentLogger: OutboundLogger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined
}
