import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/**
 * What tells an unpacked Chromium where fonts are: its own where the package brought some, else the machine's. Looked at
 * at each start and not only after unpacking, so that whoever was cut off in between does not leave it without; written
 * in one rename, since several may start at once.
 */
export function fontsFile(unpacked: string): string {
  const file = `${unpacked}-fonts.conf`
  const cache = `${unpacked}-fonts`
  mkdirSync(cache, { recursive: true })
  const wanted = configuration(unpacked, cache)
  if (textOf(file) !== wanted) {
    const written = `${file}.${randomUUID()}`
    writeFileSync(written, wanted)
    renameSync(written, file)
  }
  return file
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

function configuration(unpacked: string, cache: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>${path.join(unpacked, 'usr/share/fonts')}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${cache}</cachedir>
</fontconfig>
`
}
