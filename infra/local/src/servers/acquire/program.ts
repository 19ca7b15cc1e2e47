import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import path from 'node:path'

/** A server program that can be run on this machine. */
export interface Program {
  command: string
  /** Set where the program brings its own shared libraries. */
  env?: NodeJS.ProcessEnv
}

/** The full path of a program on the path, or undefined. */
export function onPath(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter)
  // Debian keeps server programs in folders that an ordinary user's path leaves out.
  for (const folder of [...folders, '/usr/local/sbin', '/usr/sbin', '/sbin']) {
    const file = path.join(folder, name)
    if (folder !== '' && isExecutable(file)) return file
  }
  return undefined
}

/** A program inside an unpacked package, with the libraries that were unpacked beside it. */
export function inUnpacked(root: string, name: string): Program | undefined {
  const command = ['usr/bin', 'usr/sbin', 'bin', 'sbin'].map((bin) => path.join(root, bin, name)).find(isExecutable)
  if (command === undefined) return undefined
  const libraries = ['usr/lib', 'lib'].flatMap((lib) => {
    const folder = path.join(root, lib)
    if (!existsSync(folder)) return []
    const triplets = readdirSync(folder).filter((entry) => entry.includes('-linux-'))
    return [folder, ...triplets.map((entry) => path.join(folder, entry))]
  })
  if (libraries.length === 0) return { command }
  const inherited = process.env['LD_LIBRARY_PATH']
  const search = [...libraries, ...(inherited === undefined ? [] : [inherited])].join(path.delimiter)
  return { command, env: { LD_LIBRARY_PATH: search } }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
