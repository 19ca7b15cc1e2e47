import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { fontsFile } from './chromium-fonts.ts'

void t.test('a Chromium that was unpacked without its fonts file gets one at the next start', async (t) => {
  const servers = t.testdir({ chromium: {} })
  const unpacked = path.join(servers, 'chromium')
  const file = fontsFile(unpacked)
  const text = readFileSync(file, 'utf8')
  t.match(text, `<dir>${unpacked}/usr/share/fonts</dir>`)
  t.ok(existsSync(/<cachedir>(.*)<\/cachedir>/.exec(text)?.[1] ?? ''))
  writeFileSync(file, text.slice(0, 40))
  t.equal(fontsFile(unpacked), file)
  t.equal(readFileSync(file, 'utf8'), text, 'half a file is mended')
  t.same(readdirSync(servers).sort(), ['chromium', 'chromium-fonts', 'chromium-fonts.conf'], 'nothing else is left')
})
