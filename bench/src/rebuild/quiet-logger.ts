const nothing = (): void => undefined

/** Warnings and errors are shown, since nothing may go wrong here; the rest is not part of the work measured. */
export const quietLogger = {
  debug: nothing,
  info: nothing,
  warn: (...values: readonly unknown[]) => console.error('warn', ...values),
  error: (...values: readonly unknown[]) => console.error('error', ...values)
}
