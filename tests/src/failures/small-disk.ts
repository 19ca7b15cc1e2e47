import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A file system of its own that is really full when it is full. */
export interface SmallDisk {
  readonly folder: string
  /** Takes all the room that is left, but for so many bytes. */
  fill(leave?: number): void
  /** Gives the room back. */
  free(): void
  remove(): void
}

const BLOCK_BYTES = 4096

/**
 * Mounts a tmpfs. Ends the process with what to do where that is not allowed: a full disk cannot be shown without one.
 *
 * @param size as `mount` takes it: `64m`
 */
export function smallDisk(size: string): SmallDisk {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    console.error(
      'This needs Linux and root, because it mounts a small tmpfs to fill it. Run it with sudo, or in a container with --cap-add SYS_ADMIN.'
    )
    process.exit(2)
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'leadlog-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0755`, 'tmpfs', folder], { stdio: 'pipe' })
  } catch (error) {
    rmdirSync(folder)
    const words = error instanceof Error ? error.message.trim() : String(error)
    console.error(`A tmpfs cannot be mounted here (${words}). In a container this needs --cap-add SYS_ADMIN.`)
    process.exit(2)
  }
  const filler = path.join(folder, 'filler')
  let mounted = true
  const remove = (): void => {
    if (!mounted) return
    mounted = false
    // Lazily: a server that is being ended may still have files open.
    execFileSync('umount', ['-l', folder])
    rmdirSync(folder)
  }
  process.once('exit', remove)
  return {
    folder,
    fill(leave = 0) {
      const file = openSync(filler, 'a')
      const block = Buffer.alloc(BLOCK_BYTES, 1)
      let written = 0
      try {
        for (;;) written += writeSync(file, block)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      } finally {
        closeSync(file)
      }
      if (leave > 0) execFileSync('truncate', ['-s', String(Math.max(0, written - leave)), filler])
    },
    free: () => rmSync(filler, { force: true }),
    remove
  }
}
