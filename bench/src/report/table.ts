import Table from 'cli-table3'
import type { Figure, Outcome, Ratio } from '../core/outcome.ts'
import { median } from '../core/statistics.ts'

/** One line of the result, ready to be printed. */
export interface Row {
  readonly comparison: string
  readonly what: string
  readonly median: string
  readonly spread: string
  readonly aim: string
}

/** Every figure and ratio of the outcomes, in order. */
export function rowsOf(outcomes: readonly Outcome[]): Row[] {
  return outcomes.flatMap((outcome) => [
    ...outcome.figures.map((figure) => figureRow(outcome.name, figure)),
    ...outcome.ratios.map((ratio) => ratioRow(outcome.name, ratio))
  ])
}

/** The table for a terminal. */
export function formatTable(rows: readonly Row[]): string {
  const table = new Table({
    head: ['', 'what', 'median', 'least … most', 'aim'],
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'left', 'right', 'right', 'left']
  })
  for (const row of rows) table.push([row.comparison, row.what, row.median, row.spread, row.aim])
  return table.toString()
}

function figureRow(comparison: string, { name, unit, samples, atMost }: Figure): Row {
  const spread = `${amount(Math.min(...samples))} … ${amount(Math.max(...samples))}`
  const aim = atMost === undefined ? '' : mostAllowed(Math.max(...samples), atMost)
  return { comparison, what: name, median: `${amount(median(samples))} ${unit}`, spread, aim }
}

function ratioRow(comparison: string, { name, samples, aim, atMost }: Ratio): Row {
  const middle = median(samples)
  return {
    comparison,
    what: name,
    median: `× ${factor(middle)}`,
    spread: `${factor(Math.min(...samples))} … ${factor(Math.max(...samples))}`,
    aim: aim !== undefined ? leastWanted(middle, aim) : atMost !== undefined ? mostAllowed(middle, atMost) : ''
  }
}

function leastWanted(value: number, aim: number): string {
  return `≥ ${aim}: ${value >= aim ? 'met' : 'missed'}`
}

function mostAllowed(value: number, aim: number): string {
  return `≤ ${aim}: ${value <= aim ? 'met' : 'missed'}`
}

function amount(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

function factor(value: number): string {
  return value.toFixed(value >= 10 ? 1 : 2)
}
