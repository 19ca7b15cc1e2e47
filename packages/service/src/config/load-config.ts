import { readFileSync } from 'node:fs'
import type { Setting } from './setting.ts'

/** The settings of a service by their name in code. */
export type ConfigSpec = Readonly<Record<string, Setting<unknown>>>

/** The values that a spec gives. */
export type ConfigOf<S extends ConfigSpec> = { readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never }

/** Environment variables; `process.env` or a test's own. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Something wrong with the configuration, in words that say which variable and what to write. */
export interface ConfigProblem {
  readonly env: string
  readonly message: string
  readonly example: string
}

/** All problems of a configuration at once. */
export class ConfigError extends Error {
  readonly code = 'CONFIG_INVALID'
  readonly problems: readonly ConfigProblem[]

  constructor(problems: readonly ConfigProblem[]) {
    const lines = problems.map(
      (problem) => `  ${problem.env}: ${problem.message}. Example: ${problem.env}=${problem.example}`
    )
    super(
      `The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${lines.join('\n')}`
    )
    this.name = 'ConfigError'
    this.problems = problems
  }
}

/** Rules over several settings: reports what is wrong with the values together. */
export type ConfigCheck<S extends ConfigSpec> = (
  config: ConfigOf<S>,
  report: (name: keyof S & string, message: string) => void
) => void

/** What was found elsewhere for variables that the environment does not set; see `findSecrets`. */
export interface FoundElsewhere {
  readonly values: Readonly<Record<string, string>>
  readonly problems: readonly ConfigProblem[]
}

/**
 * Reads every setting from the environment, or from the file that `<NAME>_FILE` names, or from what was found
 * elsewhere, in this order. Empty texts count as absent.
 *
 * @throws ConfigError that lists every problem: missing, malformed, unreadable, and what `check` reports
 */
export function loadConfig<S extends ConfigSpec>(
  spec: S,
  environment: Environment,
  check?: ConfigCheck<S>,
  found: FoundElsewhere = { values: {}, problems: [] }
): ConfigOf<S> {
  const problems: ConfigProblem[] = [...found.problems]
  const values: Record<string, unknown> = {}
  for (const [name, setting] of Object.entries(spec)) {
    try {
      const text = readText(setting, environment) ?? foundText(setting, found)
      if (text !== undefined) values[name] = setting.parse(text)
      else if (setting.fallback) values[name] = setting.fallback.value
      else throw new Error(`is missing (${setting.description})`)
    } catch (error) {
      if (!problems.some(({ env }) => env === setting.env)) {
        problems.push(problemOf(setting, error instanceof Error ? error.message : String(error)))
      }
      if (setting.fallback) values[name] = setting.fallback.value
    }
  }
  const config = values as ConfigOf<S>
  check?.(config, (name, message) => {
    const setting = spec[name]
    if (setting && !problems.some((problem) => problem.env === setting.env)) problems.push(problemOf(setting, message))
  })
  if (problems.length > 0) throw new ConfigError(problems)
  return config
}

function problemOf(setting: Setting<unknown>, message: string): ConfigProblem {
  return { env: setting.env, message, example: setting.example }
}

function readText(setting: Setting<unknown>, environment: Environment): string | undefined {
  if (setting.prefix !== undefined) return variablesAsJson(setting.prefix, environment)
  const direct = environment[setting.env]
  if (direct !== undefined && direct !== '') return direct
  const file = environment[`${setting.env}_FILE`]
  if (file === undefined || file === '') return undefined
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    throw new Error(`cannot be read from the file that ${setting.env}_FILE names`)
  }
}

function foundText(setting: Setting<unknown>, { values }: FoundElsewhere): string | undefined {
  const text = values[setting.env]
  return text === '' ? undefined : text
}

/** Where a variable's value comes from; null where it is not set. */
export function sourceOf(env: string, environment: Environment, found: FoundElsewhere): SettingSource | null {
  if ((environment[env] ?? '') !== '') return 'environment'
  if ((environment[`${env}_FILE`] ?? '') !== '') return 'file'
  return (found.values[env] ?? '') === '' ? null : 'vault'
}

/** Where a value may come from, the first that has it. */
export type SettingSource = 'environment' | 'file' | 'vault'

function variablesAsJson(prefix: string, environment: Environment): string {
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(environment).filter(([name, value]) => name.startsWith(prefix) && value !== undefined)
    )
  )
}

/** What a service may log of its configuration at start: every value, secrets as set (and from where) or not set. */
export function configSummary<S extends ConfigSpec>(
  spec: S,
  config: ConfigOf<S>,
  source: (env: string) => SettingSource | null = () => null
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(spec).map(([name, setting]) => {
      const value = config[name]
      if (setting.secret) {
        const from = source(setting.env)
        return [setting.env, value === undefined ? 'not set' : from === null ? 'set' : `set by ${from}`]
      }
      return [setting.env, typeof value === 'string' ? withoutPassword(value) : value]
    })
  )
}

function withoutPassword(value: string): string {
  return value.replace(/\/\/[^/@\s]+@/g, '//…@')
}
