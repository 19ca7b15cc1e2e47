import { constants } from 'node:os'
import { processEnvironment } from './config.ts'
import { exitCodes } from './exit-codes.ts'
import { lackingNodeArgs } from './lacking-node-args.ts'
import { runCli } from './run-cli.ts'
import { verbs } from './verbs.ts'

const environment = processEnvironment()
// Most options of Node's heap can only be given at the start: the process begins once more in its own place, where the system can do that.
const args = process.argv.slice(2)
const lacking = lackingNodeArgs(verbs, args, [...process.execArgv, environment['NODE_OPTIONS'] ?? ''])
if (lacking.length > 0) {
  process.execve?.(process.execPath, [process.execPath, ...process.execArgv, ...lacking, ...process.argv.slice(1)])
}

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
  args,
  verbs,
  environment,
  terminal: process,
  signal: stop.signal
})
