import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'

/** Files below the folder that hold one of the texts: as UTF-8, as UTF-16, or inside base64 at any alignment. */
export function filesHolding(folder: string, texts: readonly string[]): string[] {
  const needles = texts.flatMap((text) => [
    Buffer.from(text, 'utf8'),
    Buffer.from(text.toLowerCase(), 'utf8'),
    Buffer.from(text, 'utf16le'),
    ...[0, 1, 2].map((offset) => insideBase64(text, offset))
  ])
  return filesBelow(folder).filter((file) => {
    const bytes = readFileSync(file)
    return needles.some((needle) => bytes.includes(needle))
  })
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true)
}

/** The characters that a text always gives at this place of a base64 text, whatever stands before and behind it. */
function insideBase64(text: string, offset: number): Buffer {
  const padded = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)])
  const certain = padded.subarray(0, padded.length - (padded.length % 3))
  return Buffer.from(certain.toString('base64').slice(offset === 0 ? 0 : 4))
}
