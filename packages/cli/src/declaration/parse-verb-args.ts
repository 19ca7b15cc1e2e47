import { parseArgs, type ParseArgsConfig } from 'node:util'
import { closest, distance } from 'fastest-levenshtein'
import { usageError } from '../errors.ts'
import type { Verb } from './verb.ts'

/** What every verb takes beside its own options. */
export interface CommonValues {
  readonly json: boolean
  readonly yes: boolean
}

export interface ParsedArgs extends CommonValues {
  readonly values: Readonly<Record<string, unknown>>
}

/** @throws CliError CLI_USAGE that names the option or argument and says how it is written */
export function parseVerbArgs(name: string, verb: Verb, args: readonly string[]): ParsedArgs {
  const specs = Object.entries(verb.options ?? {})
  const { values, positionals } = parse(name, verb, args)
  const given: Record<string, unknown> = {}
  for (const [key, spec] of specs) {
    const raw = values[kebab(key)]
    const texts = raw === undefined || raw === false ? [] : [raw].flat().map(String)
    try {
      given[key] = spec.parse(texts)
    } catch (error) {
      throw usageError(`--${kebab(key)}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return {
    json: values['json'] === true,
    yes: values['yes'] === true,
    values: { ...given, ...positional(name, verb, positionals) }
  }
}

type RawValue = string | boolean | (string | boolean)[] | undefined

function parse(
  name: string,
  verb: Verb,
  args: readonly string[]
): { values: Readonly<Record<string, RawValue>>; positionals: string[] } {
  const options: NonNullable<ParseArgsConfig['options']> = { json: { type: 'boolean' } }
  if (verb.dangerous === true) options['yes'] = { type: 'boolean', short: 'y' }
  for (const [key, { kind, short }] of Object.entries(verb.options ?? {})) {
    const type = kind === 'flag' ? 'boolean' : 'string'
    options[kebab(key)] = { type, multiple: kind === 'values', ...(short === undefined ? {} : { short }) }
  }
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    throw usageError(optionProblem(name, Object.keys(options), error))
  }
}

function positional(name: string, verb: Verb, given: readonly string[]): Record<string, unknown> {
  const specs = Object.entries(verb.arguments ?? {})
  const values: Record<string, unknown> = {}
  let next = 0
  for (const [key, spec] of specs) {
    if (spec.form === 'many' || spec.form === 'any') {
      values[key] = given.slice(next)
      if (given.length <= next && spec.form === 'many') throw usageError(missingArgument(name, key, spec.description))
      next = Math.max(next, given.length)
      continue
    }
    const value = given[next++]
    if (value === undefined && spec.form === 'required') throw usageError(missingArgument(name, key, spec.description))
    values[key] = value
  }
  const extra = given.slice(next)
  if (extra.length > 0) throw usageError(`${name} does not know what to do with "${extra.join(' ')}"${seeHelp(name)}`)
  return values
}

function missingArgument(name: string, key: string, description: string): string {
  return `${name} needs <${kebab(key)}>: ${description}${seeHelp(name)}`
}

/** Node's own sentence about an option, made shorter, and the name that may have been meant. */
function optionProblem(name: string, known: readonly string[], error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const unknown = /Unknown option '(-{1,2})([^']*)'/.exec(message)
  if (!unknown) return `${message.replace(/\. .*$/s, '')}${seeHelp(name)}`
  const written = unknown[2] ?? ''
  const near = known.length === 0 ? undefined : closest(written, [...known])
  const meant =
    near !== undefined && distance(written, near) <= Math.max(2, written.length / 3)
      ? `; perhaps you meant --${near}`
      : ''
  return `${name} has no option ${unknown[1] ?? ''}${written}${meant}${seeHelp(name)}`
}

function seeHelp(name: string): string {
  return `. See: leadlog ${name} --help`
}

/** `dryRun` → `dry-run`. */
export function kebab(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
