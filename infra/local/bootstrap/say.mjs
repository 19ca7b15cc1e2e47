/** One line for the person at the terminal. */
export function say(line) {
  process.stderr.write(`leadlog: ${line}\n`)
}

/** A problem whose message already tells the person what to do; printed without a stack. */
export class SetupError extends Error {
  name = 'SetupError'
}
