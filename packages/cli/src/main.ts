import { constants } from 'node:os'
import { processEnvironment } from './config.ts'
import { exitCodes } from './exit-codes.ts'
import { runCli } from './run-cli.ts'
import { verbs } from './verbs.ts'

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // Asked twice: whatever it is that does not stop, the person has waited long enough.
    if (stop.signal.aborted) process.exit(128 + constants.signals[signal])
    stop.abort()
  })
}
// `leadlog events tail | head`: the reader has what it wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? exitCodes.ok : exitCodes.failed)
})

process.exitCode = await runCli({
  args: process.argv.slice(2),
  verbs,
  environment: processEnvironment(),
  terminal: process,
  signal: stop.signal
})
