/** One environment variable: its name, meaning, example, and how its text becomes a value. */
export interface Setting<T> {
  readonly env: string
  readonly description: string
  readonly example: string
  /** True for values that must not be logged or listed. */
  readonly secret: boolean
  /** Present where the variable may be left out. */
  readonly fallback: { readonly value: T } | undefined
  /** Present where the setting gathers every variable that begins so; their names and texts are parsed as JSON. */
  readonly prefix?: string
  /** @throws Error with a short reason, without the value */
  parse(text: string): T
}

interface SettingOptions<T> {
  description: string
  example: string
  /** Absent: the variable is required. */
  default?: T
}

function setting<T>(env: string, options: SettingOptions<T>, parse: (text: string) => T, secret = false): Setting<T> {
  return {
    env,
    description: options.description,
    example: options.example,
    secret,
    fallback: 'default' in options ? { value: options.default } : undefined,
    parse
  }
}

/** A plain text. */
export function text(env: string, options: SettingOptions<string>): Setting<string> {
  return setting(env, options, (value) => value)
}

/** A text that may be absent. */
export function optionalText(
  env: string,
  options: Omit<SettingOptions<string>, 'default'>
): Setting<string | undefined> {
  return setting<string | undefined>(env, { ...options, default: undefined }, (value) => value)
}

/**
 * A secret that may be absent; never logged. Any secret may come as `<NAME>_FILE` or from Vault too.
 *
 * @param check throws with what is wrong, without the value
 */
export function optionalSecret(
  env: string,
  options: Omit<SettingOptions<string>, 'default'> & { check?: (value: string) => void }
): Setting<string | undefined> {
  return setting<string | undefined>(
    env,
    { ...options, default: undefined },
    (value) => {
      options.check?.(value)
      return value
    },
    true
  )
}

/**
 * A secret that must be there; never logged.
 *
 * @param check throws with what is wrong, without the value
 */
export function secret(
  env: string,
  options: Omit<SettingOptions<string>, 'default'> & { check?: (value: string) => void }
): Setting<string> {
  return setting(
    env,
    options,
    (value) => {
      options.check?.(value)
      return value
    },
    true
  )
}

/** A URL of one of the protocols, without a trailing slash. */
export function url(
  env: string,
  options: SettingOptions<string> & { protocols: readonly string[]; secret?: boolean }
): Setting<string> {
  return setting(env, options, (value) => checkedUrl(value, options.protocols), options.secret ?? false)
}

/** A URL that may be absent. */
export function optionalUrl(
  env: string,
  options: Omit<SettingOptions<string>, 'default'> & { protocols: readonly string[]; secret?: boolean }
): Setting<string | undefined> {
  return setting<string | undefined>(
    env,
    { ...options, default: undefined },
    (value) => checkedUrl(value, options.protocols),
    options.secret ?? false
  )
}

function checkedUrl(value: string, protocols: readonly string[]): string {
  const first = value.split(',')[0] ?? value
  const parsed = URL.parse(first.trim())
  if (!parsed || !protocols.includes(parsed.protocol.replace(':', ''))) {
    throw new Error(`must be a URL starting with ${protocols.map((protocol) => `${protocol}://`).join(' or ')}`)
  }
  return value.trim().replace(/\/+$/, '')
}

/** A whole number within bounds. */
export function integer(env: string, options: SettingOptions<number> & { min: number; max: number }): Setting<number> {
  return setting(env, options, (value) => {
    const number = Number(value)
    if (!/^-?\d+$/.test(value.trim()) || number < options.min || number > options.max) {
      throw new Error(`must be a whole number from ${options.min} to ${options.max}`)
    }
    return number
  })
}

/** A share from 0 to 1. */
export function ratio(env: string, options: SettingOptions<number>): Setting<number> {
  return setting(env, options, (value) => {
    const number = Number(value)
    if (value.trim() === '' || !(number >= 0 && number <= 1)) throw new Error('must be a number from 0 to 1')
    return number
  })
}

/** `true` or `false` (also 1, 0, yes, no, on, off). */
export function boolean(env: string, options: SettingOptions<boolean>): Setting<boolean> {
  return setting(env, options, (value) => {
    if (/^(true|1|yes|on)$/i.test(value.trim())) return true
    if (/^(false|0|no|off)$/i.test(value.trim())) return false
    throw new Error('must be true or false')
  })
}

/** One of the given words. */
export function choice<const V extends string>(
  env: string,
  options: SettingOptions<V> & { values: readonly V[] }
): Setting<V> {
  return setting(env, options, (value) => {
    const found = options.values.find((candidate) => candidate === value.trim().toLowerCase())
    if (!found) throw new Error(`must be one of ${options.values.join(', ')}`)
    return found
  })
}

/** A comma-separated list; empty parts are dropped. */
export function list(env: string, options: SettingOptions<readonly string[]>): Setting<readonly string[]> {
  return setting(env, options, (value) =>
    value
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
  )
}

/** A comma-separated list of seconds, as milliseconds. */
export function secondsList(env: string, options: SettingOptions<readonly number[]>): Setting<readonly number[]> {
  return setting(env, options, (value) => {
    const seconds = value.split(',').map((part) => Number(part.trim()))
    if (seconds.length === 0 || seconds.some((part) => !Number.isFinite(part) || part < 0)) {
      throw new Error('must be seconds separated by commas')
    }
    return seconds.map((part) => Math.round(part * 1000))
  })
}

/**
 * Every variable that begins with the prefix, by its whole name. Empty texts are kept: they may mean "none".
 */
export function variablesWithPrefix(
  prefix: string,
  options: Pick<SettingOptions<string>, 'description' | 'example'>
): Setting<Readonly<Record<string, string>>> {
  return {
    env: `${prefix}*`,
    ...options,
    secret: false,
    fallback: { value: {} },
    prefix,
    parse: (json) => JSON.parse(json) as Record<string, string>
  }
}
