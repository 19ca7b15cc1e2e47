import { readConfig } from './config.ts'
import { createSimulators } from './simulators.ts'

const config = readConfig()
const { app, smtp } = await createSimulators({
  secrets: config.secrets,
  stateFile: config.stateFile,
  ...(config.ingestUrl === undefined ? {} : { stripeWebhookUrl: `${config.ingestUrl}/webhooks/stripe` }),
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
  if (config.smtpPort !== undefined) await smtp.listen({ host: config.host, port: config.smtpPort })
  process.stdout.write(`${JSON.stringify({ level: 'info', msg: 'simulators listen', address })}\n`)
} catch (error) {
  if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
  process.stderr.write(
    `A port is taken: ${error.message}. Set SIMULATORS_PORT or SIMULATORS_SMTP_PORT to a free one.\n`
  )
  await app.close()
  process.exitCode = 1
}
