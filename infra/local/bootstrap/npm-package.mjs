import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { run } from './command.mjs'
import { withLock } from './lock.mjs'
import { CACHE } from './paths.mjs'
import { SetupError, say } from './say.mjs'

/**
 * Makes sure that `name@version` is unpacked in `target`, fetched by the machine's own npm with
 * its own settings (which also checks the package's integrity). `check` is run on the unpacked
 * folder before it is moved into place, so a half-written folder never appears there.
 */
export async function ensureNpmPackage({ name, version, target, check }) {
  if (existsSync(target)) return target
  return withLock(path.join(CACHE, 'locks'), path.basename(path.dirname(target)), async () => {
    if (existsSync(target)) return target
    say(`fetching ${name} ${version}`)
    mkdirSync(path.dirname(target), { recursive: true })
    const temporary = mkdtempSync(path.join(path.dirname(target), '.partial-'))
    try {
      const unpacked = await packAndUnpack(`${name}@${version}`, temporary)
      await check(unpacked)
      renameSync(unpacked, target)
      return target
    } catch (error) {
      throw new SetupError(
        `could not fetch ${name} ${version} with npm.\n${error.message}\n` +
          'Check that "npm view npm version" works on this machine (network, proxy, registry settings) and try again.',
        { cause: error }
      )
    } finally {
      rmSync(temporary, { recursive: true, force: true })
    }
  })
}

async function packAndUnpack(spec, folder) {
  const { command, args } = npm()
  await run(command, [...args, 'pack', spec, '--pack-destination', folder], { cwd: folder })
  const archive = readdirSync(folder).find((file) => file.endsWith('.tgz'))
  if (archive === undefined) throw new Error(`npm pack ${spec} wrote no archive`)
  await run('tar', ['-xzf', archive, '--no-same-owner'], { cwd: folder })
  return path.join(folder, 'package')
}

/** Under `npm start` the very npm that called us; else the one on the path. */
function npm() {
  const calling = process.env.npm_execpath
  if (calling?.endsWith('npm-cli.js')) return { command: process.execPath, args: [calling] }
  return { command: 'npm', args: [] }
}
