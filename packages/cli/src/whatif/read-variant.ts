import { readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import path from 'node:path'
import type { MappingVariant, ReaderVariant, Variant } from '@leadlog/whatif'
import { usageError } from '../errors.ts'

/** What the options of `leadlog whatif run` say. */
export interface VariantOptions {
  readonly reader: 'as-recorded' | 'rules' | 'gemini' | 'openai'
  readonly model: string | undefined
  readonly prompt: readonly string[]
  readonly mapping: string | undefined
  readonly set: readonly string[]
}

/** Enough of a digest to tell prompts apart that bear one file name. */
const DIGEST_CHARACTERS = 8

/** @throws CliError CLI_USAGE for options that contradict each other or files that cannot be read */
export function readVariant(options: VariantOptions): Variant {
  return { reader: readerOf(options), mapping: mappingOf(options) }
}

function readerOf({ reader, model, prompt }: VariantOptions): ReaderVariant | null {
  if (reader === 'as-recorded') {
    if (model !== undefined || prompt.length > 0) {
      throw usageError('A model or a prompt needs somebody who reads with it: add --reader gemini or --reader openai')
    }
    return null
  }
  return { provider: reader, model: model ?? null, prompts: Object.fromEntries(prompt.map(promptOf)) }
}

/** `lead-intel=prompts/shorter.txt`: the version is the file's name with a digest of its text. */
function promptOf(given: string): [string, { version: string; text: string }] {
  const [kind, ...rest] = given.split('=')
  const file = rest.join('=')
  if ((kind !== 'lead-intel' && kind !== 'meddic') || file === '') {
    throw usageError(`--prompt takes lead-intel=<file> or meddic=<file>, not "${given}"`)
  }
  const text = readText(file)
  const digest = createHash('sha256').update(text).digest('hex').slice(0, DIGEST_CHARACTERS)
  return [kind, { version: `${path.parse(file).name}-${digest}`, text }]
}

function mappingOf({ mapping, set }: VariantOptions): MappingVariant | null {
  if (mapping === undefined && set.length === 0) return null
  return {
    document: mapping === undefined ? null : parsed(mapping),
    variables: Object.fromEntries(set.map(variableOf))
  }
}

function variableOf(given: string): [string, string] {
  const match = /^(ZCF_[A-Z0-9_]+)=(.*)$/.exec(given)
  if (!match?.[1])
    throw usageError(`--set takes ZCF_<FIELD>=<API name>, for example ZCF_BUDGET=Budget_Text, not "${given}"`)
  return [match[1], match[2] ?? '']
}

function parsed(file: string): unknown {
  const text = readText(file)
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw usageError(`${file} is no JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw usageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}
