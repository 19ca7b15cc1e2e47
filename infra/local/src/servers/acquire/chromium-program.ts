import { existsSync, globSync } from 'node:fs'
import path from 'node:path'
import { withLock } from '../../../bootstrap/lock.mjs'
import { LocalSetupError } from '../../errors.ts'
import { notice } from '../../notice.ts'
import { CACHE } from '../../paths.ts'
import { readAptMachine } from './apt-machine.ts'
import { fetchAptPackage } from './apt-packages.ts'
import { fontsFile } from './chromium-fonts.ts'
import { onPath, type Program } from './program.ts'

const UNPACKED = path.join(CACHE, 'servers', 'chromium')
const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

/**
 * A Chromium to test the dashboard with: from the path, else from the cache, else from this machine's package archive,
 * unpacked into the cache.
 *
 * @throws LocalSetupError `LOCAL_CHROMIUM_MISSING` that says what to install
 */
export async function findChromium(): Promise<Program> {
  const installed = NAMES.flatMap((name) => onPath(name) ?? [])[0]
  if (installed !== undefined) return { command: installed }
  return (
    unpackedChromium() ??
    withLock(path.join(CACHE, 'locks'), 'chromium', async () => {
      if (!existsSync(UNPACKED)) await fetchFromApt()
      const program = unpackedChromium()
      if (program === undefined) throw missing('the package chromium has no program')
      return program
    })
  )
}

/** What `/usr/bin/chromium` starts: that script itself looks for its program where the package would be installed. */
function unpackedChromium(): Program | undefined {
  const command = path.join(UNPACKED, 'usr/lib/chromium/chromium')
  if (!existsSync(command)) return undefined
  const env = {
    LD_LIBRARY_PATH: libraryFolders().join(path.delimiter),
    FONTCONFIG_FILE: fontsFile(UNPACKED)
  }
  return { command, env }
}

/** Every folder with shared libraries: some packages keep theirs one folder deeper. */
function libraryFolders(): string[] {
  const libraries = globSync('{usr/,}lib/{*-linux-*,*-linux-*/*}/*.so*', { cwd: UNPACKED })
  return [...new Set(libraries.map((file) => path.join(UNPACKED, path.dirname(file))))]
}

async function fetchFromApt(): Promise<void> {
  const machine = readAptMachine()
  if (machine === undefined) throw missing('this machine has no apt')
  notice("fetching chromium from this machine's package archive, for the tests of the dashboard (once)")
  const sources = machine.sources.filter((source) => source.components.includes('main'))
  const problem = await fetchAptPackage({ sources, name: 'chromium', dependencies: true, target: UNPACKED })
  if (problem !== undefined) throw missing(problem)
}

function missing(reason: string): LocalSetupError {
  return new LocalSetupError(
    'LOCAL_CHROMIUM_MISSING',
    `chromium could not be found or fetched (${reason}).\nInstall Chromium so that \`chromium\` is on the path.`
  )
}
