/** One option of a verb, with how its texts become a value. */
export interface OptionSpec<T> {
  readonly kind: 'flag' | 'value' | 'values'
  readonly description: string
  /** Shown behind the name in the help: `--limit <n>`. */
  readonly placeholder: string
  readonly short: string | undefined
  /** The only values, for the shell's completion and the check. */
  readonly choices: readonly string[] | undefined
  /** @param texts as given; empty where the option was not. @throws Error with what is wrong */
  parse(texts: readonly string[]): T
}

interface Common {
  readonly short?: string
  readonly placeholder?: string
}

/** `--all`: true where given. */
export function flag(description: string, { short }: Common = {}): OptionSpec<boolean> {
  return { kind: 'flag', description, placeholder: '', short, choices: undefined, parse: (texts) => texts.length > 0 }
}

/** `--type <name>`: a text, undefined where it was not given. */
export function text(
  description: string,
  { short, placeholder = '<text>' }: Common = {}
): OptionSpec<string | undefined> {
  return { kind: 'value', description, placeholder, short, choices: undefined, parse: (texts) => texts.at(-1) }
}

/** An option that may be given several times; each text may hold several values with commas between. */
export function list(
  description: string,
  { short, placeholder = '<text>' }: Common = {}
): OptionSpec<readonly string[]> {
  return {
    kind: 'values',
    description,
    placeholder,
    short,
    choices: undefined,
    parse: (texts) =>
      texts
        .flatMap((one) => one.split(','))
        .map((one) => one.trim())
        .filter((one) => one !== '')
  }
}

/** One of the given words; the first is the default. */
export function oneOf<const V extends string>(
  description: string,
  choices: readonly [V, ...V[]],
  { short }: Common = {}
): OptionSpec<V> {
  return {
    kind: 'value',
    description: `${description}: ${choices.join(', ')} (${choices[0]} by default)`,
    placeholder: '<word>',
    short,
    choices,
    parse(texts) {
      const given = texts.at(-1)
      if (given === undefined) return choices[0]
      const found = choices.find((choice) => choice === given)
      if (found === undefined) throw new Error(`must be one of ${choices.join(', ')}, not "${given}"`)
      return found
    }
  }
}

/** A whole number within bounds. */
export function number(
  description: string,
  bounds: { readonly min: number; readonly max: number; readonly default: number } & Common
): OptionSpec<number> {
  return {
    kind: 'value',
    description: `${description} (${String(bounds.default)} by default)`,
    placeholder: bounds.placeholder ?? '<n>',
    short: bounds.short,
    choices: undefined,
    parse(texts) {
      const given = texts.at(-1)
      if (given === undefined) return bounds.default
      const value = Number(given)
      if (!/^-?\d+$/.test(given) || value < bounds.min || value > bounds.max) {
        throw new Error(`must be a whole number from ${String(bounds.min)} to ${String(bounds.max)}, not "${given}"`)
      }
      return value
    }
  }
}
