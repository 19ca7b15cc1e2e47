/** A problem a person can solve; its message says how. Printed without a stack. */
export class LocalSetupError extends Error {
  override readonly name = 'LocalSetupError'
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
