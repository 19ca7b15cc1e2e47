import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { contentHash } from './content-hash.ts'

void t.test('the hash follows everything that the dashboard is made of', async (t) => {
  const root = t.testdir()
  const folder = path.join(root, 'packages/dashboard')
  for (const made of ['src/shell', '../call-flow/src', '../invoicing/src', '../contracts/src/telephony']) {
    mkdirSync(path.join(folder, made), { recursive: true })
  }
  const write = (file: string, text: string): void => writeFileSync(path.join(folder, file), text)
  const files = [
    'package.json',
    'index.html',
    'vite.config.ts',
    'tsconfig.json',
    'src/shell/page.tsx',
    '../call-flow/src/validate.ts',
    '../invoicing/src/reckon.ts',
    '../contracts/src/telephony/flow.ts',
    '../../pnpm-lock.yaml',
    '../../tsconfig.base.json'
  ]
  for (const file of files) write(file, 'before')
  let hash = contentHash(folder)
  t.equal(contentHash(folder), hash, 'the same content, the same hash')
  for (const file of files) {
    write(file, 'after')
    const next = contentHash(folder)
    t.not(next, hash, file)
    hash = next
  }
  write('src/shell/page.test.ts', 'a test')
  t.equal(contentHash(folder), hash, 'a test changes nothing of it')
})

void t.test('the hash follows what the pages share with others, too', async (t) => {
  const root = t.testdir()
  const folder = path.join(root, 'packages/zoom-panel')
  const shared = path.join(root, 'packages/dashboard/src/design')
  for (const made of [path.join(folder, 'src'), shared]) mkdirSync(made, { recursive: true })
  writeFileSync(path.join(shared, 'status.tsx'), 'before')
  const globs = ['../dashboard/src/design/**/*']
  const [hash, alone] = [contentHash(folder, globs), contentHash(folder)]
  writeFileSync(path.join(shared, 'status.tsx'), 'after')
  t.not(contentHash(folder, globs), hash)
  t.equal(contentHash(folder), alone)
})
