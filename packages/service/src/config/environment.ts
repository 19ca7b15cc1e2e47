import type { Environment } from './load-config.ts'

/** The environment of this process; the one place outside a service's own config that reads it. */
export function processEnvironment(): Environment {
  return process.env
}
