import { readFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'

/** AA for text; what is no text (bars, edges of fields, the ring of the focus) needs 3. */
const TEXT = 4.5
const GRAPHIC = 3

const STYLES = readFileSync(path.join(import.meta.dirname, '../styles.css'), 'utf8')

function tokensOf(theme: 'light' | 'dark'): ReadonlyMap<string, string> {
  const block = new RegExp(`\\[data-theme='${theme}'\\] \\{([^}]*)\\}`).exec(STYLES)?.[1] ?? ''
  return new Map(
    Array.from(block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g), ([, name = '', value = '']) => [name, value])
  )
}

/** WCAG 2.2: relative luminance of sRGB. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

const GROUNDS = ['background', 'surface', 'surface-secondary', 'overlay']
const PAIRS: readonly (readonly [ink: string, grounds: readonly string[], least: number])[] = [
  ['foreground', [...GROUNDS, 'surface-tertiary', 'default'], TEXT],
  ['muted', [...GROUNDS, 'default'], TEXT],
  ['link', GROUNDS, TEXT],
  ['background', ['foreground'], TEXT],
  ['accent-foreground', ['accent'], TEXT],
  ['field-placeholder', ['surface', 'field-background'], TEXT],
  ['default-foreground', ['default'], TEXT],
  ...['neutral', 'info', 'success', 'warning', 'danger'].map(
    (tone) => [`tone-${tone}`, [`tone-${tone}-soft`, 'background', 'surface'], TEXT] as const
  ),
  ['focus', GROUNDS, GRAPHIC],
  ['accent', ['surface', 'surface-tertiary'], GRAPHIC],
  ...['chart-1', 'chart-2', 'chart-3', 'chart-4', 'chart-5', 'chart-6'].map(
    (series) => [series, ['surface'], GRAPHIC] as const
  )
]

for (const theme of ['light', 'dark'] as const) {
  void t.test(`every text can be read on its ground, ${theme}`, async (t) => {
    const tokens = tokensOf(theme)
    for (const [ink, grounds, least] of PAIRS) {
      for (const ground of grounds) {
        const [above, below] = [tokens.get(ink), tokens.get(ground)]
        if (above === undefined || below === undefined) {
          t.fail(`--${ink} or --${ground} is no token of styles.css`)
          continue
        }
        const ratio = contrast(above, below)
        t.ok(ratio >= least, `${ink} on ${ground}: ${ratio.toFixed(2)}, at least ${String(least)}`)
      }
    }
  })
}

void t.test('the measure is that of WCAG', async (t) => {
  t.equal(contrast('#000000', '#ffffff').toFixed(2), '21.00')
  t.equal(contrast('#767676', '#ffffff').toFixed(2), '4.54')
})
