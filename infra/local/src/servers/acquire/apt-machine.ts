import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { parseDeb822, parseOneLine, type AptSource } from './apt-sources.ts'

/** Names that follow a release around; a machine may use them in place of its release's name. */
const MOVING_SUITES = ['stable', 'oldstable', 'testing', 'unstable', 'sid', 'devel']

export interface AptMachine {
  sources: AptSource[]
  /** The suites by which this machine's own sources may name its release. */
  ownSuites: string[]
  /** The distribution's newest suite, where newer server versions are found first. */
  newestSuite: string
}

/** What apt on this machine is set up with; undefined where there is no apt, or another distribution. */
export function readAptMachine(root = '/'): AptMachine | undefined {
  const release = readRelease(path.join(root, 'etc/os-release'))
  const newestSuite = release.family.includes('ubuntu')
    ? 'devel'
    : release.family.includes('debian')
      ? 'sid'
      : undefined
  if (newestSuite === undefined || !existsSync(path.join(root, 'etc/apt'))) return undefined
  const ownSuites = [...(release.codename === undefined ? [] : [release.codename]), ...MOVING_SUITES]
  return { sources: readSources(path.join(root, 'etc/apt')), ownSuites, newestSuite }
}

function readSources(folder: string): AptSource[] {
  const parts = path.join(folder, 'sources.list.d')
  const files = [
    path.join(folder, 'sources.list'),
    ...(existsSync(parts) ? readdirSync(parts).sort() : []).map((name) => path.join(parts, name))
  ]
  return files.flatMap((file) => {
    if (!existsSync(file)) return []
    if (file.endsWith('.sources')) return parseDeb822(readFileSync(file, 'utf8'))
    if (file.endsWith('.list')) return parseOneLine(readFileSync(file, 'utf8'))
    return []
  })
}

function readRelease(file: string): { family: string[]; codename: string | undefined } {
  if (!existsSync(file)) return { family: [], codename: undefined }
  const values = new Map(
    readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => line.split('='))
      .map(([name = '', ...value]) => [name, value.join('=').replace(/^"|"$/g, '')])
  )
  const family = [values.get('ID') ?? '', ...(values.get('ID_LIKE') ?? '').split(' ')].filter(Boolean)
  return { family, codename: values.get('VERSION_CODENAME') }
}
