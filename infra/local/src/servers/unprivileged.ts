import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { LocalSetupError } from '../errors.ts'
import { onPath } from './acquire/program.ts'

/** How to run a program that refuses to run as root. */
export interface Account {
  /** Who must own the data folder; undefined means this user. */
  owner?: AccountIds
  /** What to start the program with. */
  spawn: Partial<AccountIds>
  /** Put in front of the command, where changing the user id alone is not enough. */
  prefix: readonly string[]
}

export interface AccountIds {
  uid: number
  gid: number
}

/** PostgreSQL's own account where it exists; else the one every system has for no privilege at all. */
const ACCOUNTS = ['postgres', 'nobody']

/**
 * The account under which PostgreSQL runs: this one, unless it is root. Root's home folder is often
 * closed to everyone else, so where the files cannot be reached by the other account, it keeps the
 * one capability that opens closed folders.
 */
export function unprivilegedAccount(dataDir: string, files: readonly string[]): Account {
  if (process.getuid?.() !== 0) return { spawn: {}, prefix: [] }
  const owner = ownerOf(dataDir) ?? lookUp()
  if ([dataDir, ...files].every(reachableByOthers)) return { owner, spawn: owner, prefix: [] }
  const setpriv = onPath('setpriv')
  if (setpriv === undefined) {
    throw new LocalSetupError(
      'LOCAL_POSTGRES_ROOT',
      `PostgreSQL does not run as root, and no other account can read ${dataDir}.\n` +
        'Run as an ordinary user, or put the project in a folder that others may enter (chmod o+x on its parents).'
    )
  }
  const ids = [
    '--reuid',
    String(owner.uid),
    '--regid',
    String(owner.gid),
    '--clear-groups',
    '--securebits',
    '+no_setuid_fixup'
  ]
  return {
    owner,
    spawn: {},
    prefix: [setpriv, ...ids, '--inh-caps', '+dac_override', '--ambient-caps', '+dac_override']
  }
}

function ownerOf(folder: string): AccountIds | undefined {
  if (!existsSync(folder)) return undefined
  const { uid, gid } = statSync(folder)
  return uid === 0 ? undefined : { uid, gid }
}

function lookUp(): AccountIds {
  const entries = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  for (const name of ACCOUNTS) {
    const entry = entries.find(([account]) => account === name)
    if (entry !== undefined) return { uid: Number(entry[2]), gid: Number(entry[3]) }
  }
  throw new LocalSetupError(
    'LOCAL_POSTGRES_ROOT',
    `PostgreSQL does not run as root, and there is no account ${ACCOUNTS.join(' or ')}. Run as an ordinary user.`
  )
}

function reachableByOthers(file: string): boolean {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false
    if (folder === path.dirname(folder)) return true
  }
}
