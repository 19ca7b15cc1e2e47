import { digitsOf, isCurrency } from '@leadlog/invoicing'
import { readAmount } from './money.ts'
import type { StatusLook } from './status.ts'

/** What is bought, in the order in which it is drawn, with its colour. */
export const COST_KINDS = [
  { kind: 'language-model', word: 'Language models', color: 'var(--chart-1)' },
  { kind: 'transcription', word: 'Transcriptions', color: 'var(--chart-5)' },
  { kind: 'call', word: 'Calls', color: 'var(--chart-2)' },
  { kind: 'sms', word: 'Text messages', color: 'var(--chart-4)' },
  { kind: 'recording', word: 'Recordings', color: 'var(--chart-6)' },
  { kind: 'research', word: 'Research', color: 'var(--chart-3)' }
] as const
export type CostKind = (typeof COST_KINDS)[number]['kind']

export function kindWord(kind: string): string {
  return COST_KINDS.find((one) => one.kind === kind)?.word ?? kind
}

/** One of them: `Call`. */
const ONE: Readonly<Record<CostKind, string>> = {
  'language-model': 'Reading',
  transcription: 'Transcription',
  call: 'Call',
  sms: 'Text message',
  recording: 'Recording',
  research: 'Research'
}

interface Entry {
  readonly kind: CostKind
  readonly provider: string
  readonly model: string | null
  readonly quantity: number | null
  readonly unit: 'tokens' | 'seconds' | 'segments' | null
}

export function entryWord({ kind, provider }: Pick<Entry, 'kind' | 'provider'>): string {
  return provider === 'what-if' ? 'What-if' : ONE[kind]
}

/** How much of it: `1,200 tokens`, `2 min 5 s`, `2 parts`. */
export function quantityWords({ quantity, unit }: Pick<Entry, 'quantity' | 'unit'>): string | null {
  if (quantity === null || unit === null) return null
  const count = quantity.toLocaleString('en')
  if (unit === 'tokens') return `${count} ${quantity === 1 ? 'token' : 'tokens'}`
  if (unit === 'segments') return `${count} ${quantity === 1 ? 'part' : 'parts'}`
  const [minutes, seconds] = [Math.floor(quantity / 60), quantity % 60]
  return minutes === 0
    ? `${String(seconds)} s`
    : `${String(minutes)} min${seconds === 0 ? '' : ` ${String(seconds)} s`}`
}

const MICROS = 1_000_000

/** Millionths of a currency's main unit: to its usual digits, two more below one of it, and six where that says nothing. */
export function money(micros: number, currency: string): string {
  const amount = micros / MICROS
  const digits = decimalsOf(currency)
  const least = 10 ** -(digits + 2)
  if (micros === 0 || Math.abs(amount) >= 1) return formatted(amount, currency, digits, digits)
  return Math.abs(amount) < least ? exactMoney(micros, currency) : formatted(amount, currency, digits + 2, digits + 2)
}

/** The same to the last digit. */
export function exactMoney(micros: number, currency: string): string {
  return formatted(micros / MICROS, currency, Math.min(decimalsOf(currency) + 2, 6), 6)
}

/** By ISO 4217, as budgets are counted; in what is none of its currencies something may be charged, but there is no budget. */
function decimalsOf(currency: string): number {
  return isCurrency(currency) ? digitsOf(currency) : 2
}

function formatted(amount: number, currency: string, least: number, most: number): string {
  const digits = { minimumFractionDigits: least, maximumFractionDigits: most }
  return new Intl.NumberFormat('en', { style: 'currency', currency, ...digits }).format(amount)
}

/** A budget, which is in the currency's minor unit. */
export function minorMoney(minor: number, currency: string): string {
  const digits = decimalsOf(currency)
  return formatted(minor / 10 ** digits, currency, digits, digits)
}

/** How much of a budget is used: `83 %`, and never none of it where there is some. */
export function shareWords(share: number): string {
  if (share > 0 && share < 0.01) return 'Less than 1 %'
  return `${String(Math.floor(share * 100))} %`
}

/** `November 2026` */
export function monthWords(month: string): string {
  return new Date(`${month}-01T00:00:00Z`).toLocaleDateString('en', { month: 'long', year: 'numeric', timeZone: 'UTC' })
}

/** The month so many months later, or before. */
export function monthFrom(month: string, months: number): string {
  const [year = 0, of = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, of - 1 + months)).toISOString().slice(0, 7)
}

/** Its first day and the first day after it. */
export function spanOfMonth(month: string): { readonly from: string; readonly to: string } {
  return { from: `${month}-01`, to: `${monthFrom(month, 1)}-01` }
}

/** The days in which something that began then is used and read: a call lasts a day at the most, and is read soon. */
export function spanOfUse(startedAt: string): { readonly from: string; readonly to: string } {
  const from = startedAt.slice(0, 10)
  return { from, to: new Date(Date.parse(`${from}T00:00:00Z`) + 31 * 86_400_000).toISOString().slice(0, 10) }
}

/** All days of a month. */
export function daysOf(month: string): string[] {
  const days = new Date(Date.parse(`${monthFrom(month, 1)}-01T00:00:00Z`) - 1).getUTCDate()
  return Array.from({ length: days }, (_, index) => `${month}-${String(index + 1).padStart(2, '0')}`)
}

/** How a budget stands. */
export function budgetLook(usedMicros: number, budgetMicros: number): StatusLook {
  const share = usedMicros / budgetMicros
  if (share >= 1) return { tone: 'danger', icon: 'alert', word: 'Used up' }
  if (share >= 0.9) return { tone: 'danger', icon: 'alert', word: 'More than 90 % used' }
  if (share >= 0.8) return { tone: 'warning', icon: 'alert', word: 'More than 80 % used' }
  return { tone: 'success', icon: 'check', word: 'Within budget' }
}

/** What somebody typed as a budget, in the minor unit; null for what is none: there is no budget of nothing. */
export function readBudget(text: string, currency: string, locale?: string): number | null {
  const amount = readAmount(text, currency, locale)
  return amount === 0 ? null : amount
}
