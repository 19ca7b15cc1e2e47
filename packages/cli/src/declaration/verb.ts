import type { Context } from '../context.ts'
import type { ExitCode } from '../exit-codes.ts'
import type { OptionSpec } from './option.ts'

/** A positional argument: what it is, and whether it may be left out or repeated. */
export interface ArgumentSpec<T> {
  readonly description: string
  readonly form: 'required' | 'optional' | 'many' | 'any'
  readonly choices?: readonly string[]
  readonly type?: T
}

export function argument(description: string): ArgumentSpec<string> {
  return { description, form: 'required' }
}

export function optionalArgument(description: string): ArgumentSpec<string | undefined> {
  return { description, form: 'optional' }
}

/** One or more; only as the last one. */
export function manyArguments(description: string): ArgumentSpec<readonly string[]> {
  return { description, form: 'many' }
}

/** Any number, also none; only as the last one. */
export function manyOrNone(description: string): ArgumentSpec<readonly string[]> {
  return { description, form: 'any' }
}

type Options = Readonly<Record<string, OptionSpec<unknown>>>
type Arguments = Readonly<Record<string, ArgumentSpec<unknown>>>

/** The values of a verb's options and arguments, by the names of the declaration. */
export type ValuesOf<O extends Options, A extends Arguments> = {
  readonly [K in keyof O]: O[K] extends OptionSpec<infer T> ? T : never
} & { readonly [K in keyof A]: A[K] extends ArgumentSpec<infer T> ? T : never }

/** What a verb found out: printed as one JSON document with `--json`, else as its text. */
export interface Answer {
  readonly value: unknown
  /** Without a line end. */
  text(): string
  /** 0 where absent. */
  readonly exitCode?: ExitCode
}

/** What a verb says about itself; `leadlog <verb> --help` shows it. Its name and summary stand in `verbs.ts`. */
export interface VerbDeclaration<O extends Options, A extends Arguments> {
  /** Further paragraphs for the help. */
  readonly description?: string
  /** In their order on the command line. */
  readonly arguments?: A
  /** By their name in code: `dryRun` is `--dry-run`. `--json` and `--help` are there anyway. */
  readonly options?: O
  /** Adds `--yes`: the verb asks with `context.confirm` before it changes something that cannot be taken back. */
  readonly dangerous?: boolean
  readonly examples: readonly (readonly [command: string, does: string])[]
  /** What a code means here, where it says more than the common list. */
  readonly exitCodes?: Readonly<Partial<Record<ExitCode, string>>>
  /** Gives its answer, or nothing where it printed items of its own with `context.out`. */
  run(context: Context, args: ValuesOf<O, A>): Promise<Answer | void>
}

/** A declared verb, its types forgotten. */
export type Verb = VerbDeclaration<Options, Arguments>

/** Declares a verb; the types of `args` follow from its options and arguments. */
export function defineVerb<
  const O extends Options = Readonly<Record<never, never>>,
  const A extends Arguments = Readonly<Record<never, never>>
>(declaration: VerbDeclaration<O, A>): Verb {
  return declaration
}

/** A line of the table of contents: what the verb is called, what it does, and where it is. */
export interface VerbEntry {
  /** Words separated by one blank: `projections rebuild`. */
  readonly name: string
  /** One line without a full stop. */
  readonly summary: string
  /** Options of Node that its process should run with. */
  readonly nodeArgs?: readonly string[]
  readonly load: () => Promise<{ readonly verb: Verb }>
}
