import { rename, writeFile } from 'node:fs/promises'

/** One measurement of a verb that runs and ends, so that nobody can ask it later. */
export interface FileGauge {
  readonly name: string
  readonly help: string
  readonly values: readonly { readonly labels?: Readonly<Record<string, string>>; readonly value: number }[]
}

/** Writes gauges in the form that Prometheus' node exporter collects from a folder of files. */
export async function writeMetricsFile(file: string, gauges: readonly FileGauge[]): Promise<void> {
  const lines = gauges.flatMap(({ name, help, values }) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} gauge`,
    ...values.map(({ labels = {}, value }) => `${name}${labelsText(labels)} ${value}`)
  ])
  // Whole or not at all: the collector may read at any moment.
  await writeFile(`${file}.unfinished`, `${lines.join('\n')}\n`)
  await rename(`${file}.unfinished`, file)
}

/** As metrics tell moments. */
export function unixSeconds(moment: Date): number {
  return Math.floor(moment.getTime() / 1_000)
}

function labelsText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}
