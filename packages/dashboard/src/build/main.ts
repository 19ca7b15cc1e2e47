import { cpSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { buildDashboard, kilobytes } from './build-dashboard.ts'
import { FIRST_LOAD_LIMIT_BYTES } from './first-load.ts'

const { values } = parseArgs({ options: { out: { type: 'string' } } })
const began = performance.now()
const built = await buildDashboard()
if (values.out !== undefined) cpSync(built.folder, values.out, { recursive: true })
const seconds = ((performance.now() - began) / 1000).toFixed(1)
process.stdout.write(
  `${built.isNew ? `built in ${seconds} s` : 'nothing changed'}: ${values.out ?? built.folder}\n` +
    `first load: ${kilobytes(built.firstLoadBytes)} of compressed JavaScript, at most ${kilobytes(FIRST_LOAD_LIMIT_BYTES)}\n`
)
