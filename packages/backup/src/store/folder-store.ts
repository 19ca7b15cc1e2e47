import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { backupError, backupErrors, passingError } from '../errors.ts'
import type { BackupStore } from './backup-store.ts'

/** Half-written files end so; what removes a backup removes them too. */
const UNFINISHED = '.unfinished'

const codeOf = (error: unknown): string | undefined => (error as { code?: string }).code

/** Backups in a folder of this machine or of a mounted disk. A file is there whole, on disk, or not at all. */
export function folderStore(folder: string): BackupStore {
  const root = path.resolve(folder)
  const fileOf = (name: string): string => path.join(root, ...name.split('/'))

  const failed = (name: string, error: unknown): Error => {
    const reason = error instanceof Error ? error.message : String(error)
    if (codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT') {
      return backupError(
        backupErrors.storeFull,
        `The disk of ${root} is full: ${name} could not be written. Free space, or lower --keep; the unfinished backup is removed.`,
        error
      )
    }
    return passingError(backupErrors.storeUnavailable, `${root} cannot be used for ${name}: ${reason}`, error)
  }

  return {
    location: root,
    async put(name, bytes) {
      const file = fileOf(name)
      const unfinished = `${file}.${randomBytes(4).toString('hex')}${UNFINISHED}`
      try {
        await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
        const handle = await open(unfinished, 'wx', 0o600)
        try {
          await handle.writeFile(bytes)
          await handle.sync()
        } finally {
          await handle.close()
        }
        await rename(unfinished, file)
        await syncFolder(path.dirname(file))
      } catch (error) {
        await rm(unfinished, { force: true }).catch(() => undefined)
        throw failed(name, error)
      }
    },
    async get(name) {
      try {
        return await readFile(fileOf(name))
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return null
        throw failed(name, error)
      }
    },
    async *list(prefix) {
      const names: string[] = []
      const walk = async (folder: string, under: string): Promise<void> => {
        const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
          if (codeOf(error) === 'ENOENT') return []
          throw failed(under, error)
        })
        for (const entry of entries) {
          const name = under + entry.name
          if (entry.isDirectory()) {
            if (`${name}/`.startsWith(prefix) || prefix.startsWith(`${name}/`)) {
              await walk(path.join(folder, entry.name), `${name}/`)
            }
          } else if (name.startsWith(prefix)) names.push(name)
        }
      }
      await walk(root, '')
      for (const name of names.sort()) {
        const found = await stat(fileOf(name)).catch(() => null)
        if (found) yield { name, size: found.size }
      }
    },
    async remove(name) {
      try {
        await rm(fileOf(name), { force: true })
        // Folders that are empty now go too.
        for (let folder = path.dirname(fileOf(name)); folder !== root; folder = path.dirname(folder))
          await rmdir(folder)
      } catch (error) {
        if (!['ENOTEMPTY', 'ENOENT', 'EEXIST'].includes(codeOf(error) ?? '')) throw failed(name, error)
      }
    },
    close: () => undefined
  }
}

/** A renamed file survives a loss of power only when its folder was synced. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
