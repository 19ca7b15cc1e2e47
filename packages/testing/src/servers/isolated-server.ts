import type { LocalServer } from '@leadlog/local/servers'
import type { TestContext } from '../test-context.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** Starts a server that belongs to one test, which may stop, kill and restart it; it is gone when the test ends. */
export async function isolatedServer<Server extends LocalServer | undefined>(
  t: TestContext,
  start: (dataDir: string) => Promise<Server>
): Promise<Server> {
  const folder = temporaryFolder()
  const server = await start(folder.path)
  t.teardown(async () => {
    await server?.kill('SIGKILL')
    folder.remove()
  })
  return server
}
