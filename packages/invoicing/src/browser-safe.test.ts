import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'

void t.test('a browser can run all of it: nothing of Node, and of the contracts types only', async (t) => {
  const files = globSync('**/*.ts', { cwd: import.meta.dirname }).filter((file) => !file.endsWith('.test.ts'))
  t.ok(files.includes('index.ts'))
  for (const file of files) {
    const source = readFileSync(path.join(import.meta.dirname, file), 'utf8')
    const imports = [...source.matchAll(/^(?:import|export)(?! type)[^'\n]*(?:\n[^'\n]*)*? from '([^']+)'/gm)]
    const outside = imports.map(([, from = '']) => from).filter((from) => !from.startsWith('.'))
    t.strictSame(
      outside.filter((from) => from !== 'currency-codes'),
      [],
      file
    )
  }
})
