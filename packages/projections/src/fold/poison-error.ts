/** The batch holds an event that a projection cannot apply; which one is found by splitting the batch. */
export class PoisonError extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.name = 'PoisonError'
  }
}
