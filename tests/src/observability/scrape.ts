import type { TestSystem } from '../system/test-system.ts'

/** One line of `/metrics`. */
export interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** What every service of the system answers on `/metrics`. */
export async function scrapeAll(system: TestSystem): Promise<{ text: string; samples: Sample[] }> {
  const texts = await Promise.all(
    system.services.map(async ({ url }) => {
      const answer = await fetch(`${url}/metrics`)
      if (!answer.ok) throw new Error(`${url}/metrics answered ${answer.status}`)
      return answer.text()
    })
  )
  const text = texts.join('\n')
  return { text, samples: text.split('\n').flatMap((line) => sampleOf(line)) }
}

function sampleOf(line: string): Sample[] {
  const match = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line)
  const [, name, labels = '', value] = match ?? []
  if (name === undefined || value === undefined) return []
  return [
    {
      name,
      value: Number(value),
      labels: Object.fromEntries(
        [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label = '', of = '']) => [label, of])
      )
    }
  ]
}
