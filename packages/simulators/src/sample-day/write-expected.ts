import { writeFileSync } from 'node:fs'
import { expectedSampleDay } from './expected.ts'

/** Writes `expected.json` anew; read the difference before it is committed. */
writeFileSync(new URL('expected.json', import.meta.url), `${JSON.stringify(expectedSampleDay(), null, 2)}\n`)
