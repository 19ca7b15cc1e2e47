import { readFileSync, writeFileSync } from 'node:fs'
import { format } from 'prettier'
import type { KeptOutcome } from './results-file.ts'
import { rowsOf } from './table.ts'

const BEGIN = '<!-- figures: written by bench/run.ts -->'
const END = '<!-- end of figures -->'

/** Writes the kept figures into the README, between its two marks. */
export async function writeFigures(file: string, outcomes: readonly KeptOutcome[]): Promise<void> {
  const text = readFileSync(file, 'utf8')
  const [before, rest] = text.split(BEGIN)
  const after = rest?.split(END)[1]
  if (before === undefined || after === undefined) throw new Error(`${file} lacks the marks of its figures`)
  const figures = outcomes.map(section).join('\n\n')
  const whole = `${before}${BEGIN}\n\n${figures}\n\n${END}${after}`
  writeFileSync(file, await format(whole, { parser: 'markdown', printWidth: 120 }))
}

function section(outcome: KeptOutcome): string {
  const { machine } = outcome
  const rows = rowsOf([outcome]).map(({ what, median, spread, aim }) => `| ${what} | ${median} | ${spread} | ${aim} |`)
  const failed = outcome.checks.filter(({ ok }) => !ok)
  const checks =
    failed.length === 0
      ? `Checked and found true: ${outcome.checks.map(({ name }) => name).join('; ')}.`
      : failed.map(({ name, detail }) => `**Does not hold:** ${name} (${detail}).`).join('\n')
  return [
    `### ${outcome.title}`,
    `${outcome.at.slice(0, 10)}, commit ${machine.commit}, rounds: ${outcome.rounds}; ${machine.cpu}, ` +
      `${machine.cores} cores, Node ${machine.node}, fsync of 4 KiB ${machine.fsyncMs.p50} ms (p99 ${machine.fsyncMs.p99} ms).`,
    Object.entries(outcome.settings)
      .map(([name, value]) => `- ${name}: ${value}`)
      .join('\n'),
    ['| | median | least … most | aim |', '| --- | --: | --: | --- |', ...rows].join('\n'),
    ...(outcome.checks.length === 0 ? [] : [checks])
  ].join('\n\n')
}
