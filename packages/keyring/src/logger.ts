/** What the keyring needs of a logger; a pino logger fits. */
export interface KeyringLogger {
  warn(fields: object, message: string): void
}
