import { LocalSetupError } from '../errors.ts'

/** The local servers' ports: away from the usual ones, which a machine may use for itself. */
export const serverPorts = {
  nats: { port: 42220, variable: 'NATS_PORT' },
  postgres: { port: 54320, variable: 'POSTGRES_PORT' },
  redis: { port: 63790, variable: 'REDIS_PORT' }
} as const

/** The port that the variable gives, or the usual one. */
export function portFrom(environment: NodeJS.ProcessEnv, spec: { port: number; variable: string }): number {
  const text = environment[spec.variable]
  if (text === undefined || text === '') return spec.port
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new LocalSetupError(
    'LOCAL_PORT_INVALID',
    `${spec.variable} must be a port number such as ${String(spec.port)}, not "${text}"`
  )
}
