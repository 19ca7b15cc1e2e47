import { dockerAnswers, type LocalServer } from '@leadlog/local/servers'
import { temporaryFolder } from './temporary-folder.ts'

export interface SharedServerSpec {
  /** The variable that names a server which is there already. */
  variable: string
  container(): Promise<string>
  local(dataDir: string): Promise<LocalServer | undefined>
  /** What to do when none of the ways leads to a server. */
  advice: string
}

/**
 * A server that all tests of this process share, started when the first one asks for it: the one a variable names, a
 * container where a Docker engine answers, else a local one. A local server ends with the process.
 */
export function sharedServer(spec: SharedServerSpec): () => Promise<string> {
  let url: Promise<string> | undefined
  return () => {
    url ??= open(spec)
    return url
  }
}

async function open(spec: SharedServerSpec): Promise<string> {
  const given = process.env[spec.variable]
  if (given !== undefined && given !== '') return given
  if (await dockerAnswers()) return spec.container()
  const folder = temporaryFolder()
  const server = await spec.local(folder.path)
  if (server === undefined) throw new Error(`${spec.advice}, or set ${spec.variable}`)
  process.once('exit', () => {
    try {
      process.kill(server.pid, 'SIGKILL')
    } catch {
      // It has ended already.
    }
    folder.remove()
  })
  return server.url
}
