import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Environment } from '@leadlog/service'

/** The repository's root folder, where `npm start` keeps its state. */
const ROOT = path.join(import.meta.dirname, '../../..')

/** The one place of the CLI that reads the environment. */
export function processEnvironment(): Environment {
  return process.env
}

/** Where the state of the local system is: `LEADLOG_STATE`, or the `.leadlog` that `npm start` makes. */
export function stateFolder(environment: Environment): string {
  return path.resolve(environment['LEADLOG_STATE'] || path.join(ROOT, '.leadlog'))
}

/** A system to work on, found by its variables or by what a running local system left. */
export interface Target {
  /** What services of that system are started with, as far as it is known here. */
  readonly environment: Environment
  /** Addresses of the local system's programs by name; empty for another system. */
  readonly urls: Readonly<Record<string, string>>
  readonly origin: 'local' | 'environment'
}

interface ReadyFile {
  readonly urls: Readonly<Record<string, string>>
  readonly apiKey: string
  readonly environment?: Environment
}

/** The variables that say which system is meant. */
const ADDRESSES = { NATS_URL: 'nats', DATABASE_URL: 'database', REDIS_URL: 'redis' } as const

/**
 * The local system where one runs and no variable names another; its secrets are those that `npm start` keeps. A
 * variable that is set always wins, and where one names another server nothing of the local system is taken: a NATS
 * here and a Postgres there would be two systems.
 */
export function findTarget(environment: Environment): Target {
  const given = withoutEmpty(environment)
  const local = readLocal(stateFolder(environment))
  if (!local || !sameSystem(given, local.urls)) return { environment: given, urls: {}, origin: 'environment' }
  const found = Object.entries(ADDRESSES).map(([variable, name]) => [variable, local.urls[name]] as const)
  const secrets = Object.entries(local.secrets).filter(([name]) => given[`${name}_FILE`] === undefined)
  return {
    environment: {
      ...Object.fromEntries(secrets),
      LEADLOG_API_KEY: local.apiKey,
      ...local.environment,
      ...withoutEmpty(Object.fromEntries(found)),
      ...given
    },
    urls: local.urls,
    origin: 'local'
  }
}

function sameSystem(given: Environment, urls: Readonly<Record<string, string>>): boolean {
  return Object.entries(ADDRESSES).every(
    ([variable, name]) => given[variable] === undefined || given[variable] === urls[name]
  )
}

function readLocal(state: string): (ReadyFile & { readonly secrets: Environment }) | undefined {
  const ready = readJson(path.join(state, 'ready.json')) as ReadyFile | undefined
  if (!ready) return undefined
  const secrets = (readJson(path.join(state, 'local.json')) ?? {}) as Environment
  return { ...ready, secrets }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown
  } catch {
    return undefined
  }
}

function withoutEmpty(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''))
}
