import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { runCommand, type CommandResult } from '../../processes/run-command.ts'
import { formatDeb822, type AptSource } from './apt-sources.ts'

export interface AptRequest {
  sources: readonly AptSource[]
  /** The package wanted; what it needs and this machine lacks is fetched with it when `dependencies` is set. */
  name: string
  dependencies: boolean
  /** Where the unpacked files end up, in one rename. */
  target: string
}

/**
 * Downloads a package through the machine's own apt settings (mirror, proxy, keys), with state of
 * its own, and unpacks it into `target`. Nothing on the system changes and no privilege is needed.
 * Returns what went wrong, or undefined.
 */
export async function fetchAptPackage(request: AptRequest): Promise<string | undefined> {
  if (request.sources.length === 0) return 'apt has no source for this distribution'
  mkdirSync(path.dirname(request.target), { recursive: true })
  const work = mkdtempSync(path.join(path.dirname(request.target), '.apt-'))
  try {
    const apt = prepare(work, request.sources)
    // A source that fails is no reason to stop: the others may carry the package.
    const update = await apt(['update'])
    const names = request.dependencies ? await missingPackages(apt, request.name) : [request.name]
    if (names.length === 0) return `apt knows no package ${request.name}: ${summary(update)}`
    const download = await apt(['download', ...names])
    if (!download.ok) return `apt could not download ${names.join(', ')}: ${summary(download)}`
    return await unpack(work, request.target)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

type Apt = (args: readonly string[]) => Promise<CommandResult>

function prepare(work: string, sources: readonly AptSource[]): Apt {
  for (const folder of ['lists/partial', 'cache/archives/partial', 'debs']) {
    mkdirSync(path.join(work, folder), { recursive: true })
  }
  const list = path.join(work, 'leadlog.sources')
  writeFileSync(list, formatDeb822(sources))
  const options = [
    `Dir::Etc::sourcelist=${list}`,
    'Dir::Etc::sourceparts=-',
    'Dir::Etc::preferences=-',
    'Dir::Etc::preferencesparts=-',
    `Dir::State::lists=${path.join(work, 'lists')}`,
    `Dir::Cache=${path.join(work, 'cache')}`,
    `Dir::Log=${work}`,
    'APT::Sandbox::User=root',
    'Acquire::Languages=none',
    'Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled=false',
    'Acquire::Retries=3',
    'Debug::NoLocking=1'
  ].flatMap((option) => ['-o', option])
  const env = { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' }
  return (args) => runCommand('apt-get', [...options, '-q', ...args], { cwd: path.join(work, 'debs'), env })
}

async function missingPackages(apt: Apt, name: string): Promise<string[]> {
  const plan = await apt(['install', '--print-uris', '-y', '--no-install-recommends', '--reinstall', name])
  return plan.stdout.split('\n').flatMap((line) => /^'[^']+' ([^_\s]+)_/.exec(line)?.[1] ?? [])
}

async function unpack(work: string, target: string): Promise<string | undefined> {
  const debs = readdirSync(path.join(work, 'debs')).filter((file) => file.endsWith('.deb'))
  const root = path.join(work, 'root')
  for (const deb of debs) {
    const result = await runCommand('dpkg', ['-x', path.join(work, 'debs', deb), root])
    if (!result.ok) return `dpkg could not unpack ${deb}: ${summary(result)}`
  }
  rmSync(target, { recursive: true, force: true })
  renameSync(root, target)
  return undefined
}

function summary(result: CommandResult): string {
  const lines = result.stderr.split('\n').filter((line) => /^[EW]:|error/i.test(line))
  return (lines.length > 0 ? lines : [result.stderr.trim()]).slice(0, 3).join('; ')
}
