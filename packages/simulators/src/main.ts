import { readConfig } from './config.ts'
import { createSimulators } from './simulators.ts'

const config = readConfig()
const { app } = await createSimulators({
  secrets: config.secrets,
  stateFile: config.stateFile,
  logLevel: 'warn'
})

const stop = (): void => {
  void app.close().then(() => {
    process.exitCode = 0
  })
}
process.once('SIGINT', stop)
process.once('SIGTERM', stop)

try {
  const address = await app.listen({ host: config.host, port: config.port })
  process.stdout.write(`${JSON.stringify({ level: 'info', msg: 'simulators listen', address })}\n`)
} catch (error) {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  if (!taken) throw error
  process.stderr.write(`Port ${config.port} is taken; set SIMULATORS_PORT to a free one.\n`)
  process.exitCode = 1
}
