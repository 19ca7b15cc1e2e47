import { parseArgs } from 'node:util'
import { LocalSetupError } from '../errors.ts'
import { services } from '../services.ts'

export interface StartOptions {
  /** Send the sample day on the first run. */
  demo: boolean
  /** Delete all state first. */
  fresh: boolean
  simulators: boolean
  redis: boolean
  /** Only these services; undefined means all. */
  only: readonly string[] | undefined
}

export const START_USAGE = `usage: npm start -- [options]
  --no-demo         do not send the sample day
  --fresh           delete what earlier runs left (.leadlog) first
  --no-simulators   talk to the vendors that the environment names
  --no-redis        each process keeps its own share of the vendors' limits
  --only a,b        only these services: ${services.map((service) => service.name).join(', ')}
  --help`

/** @throws LocalSetupError that shows the usage */
export function parseStartOptions(args: readonly string[]): StartOptions | 'help' {
  const values = parse(args)
  if (values.help === true) return 'help'
  const only = values.only?.split(',').map((name) => name.trim())
  const unknown = only?.filter((name) => !services.some((service) => service.name === name)) ?? []
  if (unknown.length > 0) throw usageError(`there is no service ${unknown.join(', ')}`)
  return {
    demo: values['no-demo'] !== true,
    fresh: values.fresh === true,
    simulators: values['no-simulators'] !== true,
    redis: values['no-redis'] !== true,
    only
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        'no-demo': { type: 'boolean' },
        fresh: { type: 'boolean' },
        'no-simulators': { type: 'boolean' },
        'no-redis': { type: 'boolean' },
        only: { type: 'string' },
        help: { type: 'boolean', short: 'h' }
      }
    }).values
  } catch (error) {
    throw usageError(error instanceof Error ? error.message : String(error))
  }
}

function usageError(problem: string): LocalSetupError {
  return new LocalSetupError('LOCAL_OPTION_UNKNOWN', `${problem}\n${START_USAGE}`)
}
