import type { Environment, Setting } from '@leadlog/service'
import { declaredServices, type DeclaredService } from './manifests.ts'

/** A switch of a service. */
export interface Flag {
  readonly name: string
  readonly service: string
  readonly switches: string
  readonly default: boolean
  /** As set for the system in question, as far as it is known here; else the default. */
  readonly value: boolean
  readonly set: boolean
}

const PREFIX = 'ENABLE_'

/** Every `ENABLE_…` switch of every service. */
export function flagsOf(environment: Environment): Flag[] {
  return declaredServices.flatMap(({ name, config }) =>
    Object.values(config)
      .filter(isFlag)
      .map((setting) => ({ service: name, ...flagOf(setting, environment) }))
  )
}

/** Null where the service has no switch of its own; else whether it is on. */
export function isSwitchedOff(service: DeclaredService, environment: Environment): boolean {
  const setting = service.config['enabled']
  return setting !== undefined && isFlag(setting) && !flagOf(setting, environment).value
}

function isFlag(setting: Setting<unknown>): setting is Setting<boolean> {
  return setting.env.startsWith(PREFIX)
}

function flagOf(setting: Setting<boolean>, environment: Environment): Omit<Flag, 'service'> {
  const given = environment[setting.env]
  const set = given !== undefined && given !== ''
  const standard = setting.fallback?.value ?? false
  return {
    name: setting.env,
    switches: setting.description,
    default: standard,
    value: set ? setting.parse(given) : standard,
    set
  }
}
