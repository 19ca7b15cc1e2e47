import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePorts } from './free-ports.ts'
import type { Layout } from './layout.ts'

/** A stand-in service: says what it was started with, and notes when it is asked to stop. */
const PROGRAM = `
import { appendFileSync } from 'node:fs'
import { createServer } from 'node:http'
import path from 'node:path'
const name = path.basename(path.resolve(import.meta.dirname, '..'))
const port = Number(process.env[\`\${name.toUpperCase().replaceAll('-', '_')}_PORT\`])
createServer((_request, response) => {
  response.end(JSON.stringify({ pid: process.pid, env: process.env }))
}).listen(port, '127.0.0.1')
process.on('SIGTERM', () => {
  appendFileSync('stopped.txt', \`\${name}\\n\`)
  process.exit(0)
})
`

/** A project in a temporary folder whose services are stand-ins, and an environment of free ports. */
export async function fakeProject(
  programs: Readonly<Record<string, string | undefined>>
): Promise<{ layout: Layout; environment: NodeJS.ProcessEnv }> {
  const root = mkdtempSync(path.join(tmpdir(), 'leadlog-launcher-'))
  for (const [name, source] of Object.entries(programs)) {
    const folder = name === 'simulators' ? 'packages' : 'services'
    const file = path.join(root, folder, name, 'src/main.ts')
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, source ?? PROGRAM)
  }
  const environment = { PATH: process.env['PATH'], ...(await freePorts()) }
  return { layout: { root, state: path.join(root, '.leadlog') }, environment }
}
