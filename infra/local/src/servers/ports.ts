import { createServer } from 'node:net'
import { LocalSetupError } from '../errors.ts'

/** A port that nothing listens on at this moment. */
export async function freePort(): Promise<number> {
  const port = await listenOn(0)
  if (port === undefined) throw new Error('the system gave out no port')
  return port
}

/** Fails, naming the port and its variable, when something listens on `port` already. */
export async function requireFreePort(port: number, variable: string, what: string): Promise<void> {
  if ((await listenOn(port)) !== undefined) return
  throw new LocalSetupError(
    'LOCAL_PORT_TAKEN',
    `port ${String(port)} for ${what} is taken by another program. Stop that program, or choose another port: ` +
      `${variable}=${String(port + 1000)} npm start`
  )
}

async function listenOn(port: number): Promise<number | undefined> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined))
    })
  })
}
