import { dollars, type Difference, type Run, type RunRecord, type Variant } from '@leadlog/whatif'
import { count, counted } from '../output/quantity.ts'
import type { Style } from '../output/style.ts'

/** Characters of an id that a person types. */
const SHORT_ID = 8

/** Longest value and quote on a line; `--json` has them whole. */
const VALUE_LENGTH = 90

/** Spaces before what belongs to a field. */
const UNDER_FIELD = '      '

/** The id as it is shown; any beginning of it that is unique is understood. */
export function shortId({ id }: Pick<Run, 'id'>): string {
  return id.slice(0, SHORT_ID)
}

/** What was tried, in a few words. */
export function variantText({ reader, mapping }: Variant): string {
  const parts: string[] = []
  if (reader !== null) {
    const prompts = Object.entries(reader.prompts).map(([kind, prompt]) => `${kind} prompt ${prompt.version}`)
    parts.push([reader.provider, reader.model, ...prompts].filter((part) => part !== null).join(' '))
  }
  if (mapping !== null) {
    const variables = Object.entries(mapping.variables).map(([name, value]) => `${name}=${value}`)
    parts.push(
      ['mapping', mapping.document === null ? null : 'from a document', ...variables].filter(Boolean).join(' ')
    )
  }
  return parts.join('; ')
}

/** A run with its figures. */
export function runText(run: Run, style: Style): string {
  const lines = [`${style.bold(`What-if ${shortId(run)}`)}: ${variantText(run.variant)}`]
  const { totals, estimate } = run
  lines.push(`${run.state}${run.error === null ? '' : `: ${run.error}`}`)
  if (totals === null) return lines.join('\n')
  lines.push(
    `${counted(totals.readings, 'reading')} of ${counted(totals.leads, 'lead')}; ${style.bold(`${count(totals.leadsChanged)} would be different`)}`
  )
  if (totals.calls > 0 || estimate.calls > 0) {
    lines.push(
      `${counted(totals.calls, 'call')} of the model, ${count(totals.inputTokens)} + ${count(totals.outputTokens)} tokens, ${dollars(totals.costMicroUsd)} (estimated ${dollars(estimate.costMicroUsd)}); ${counted(totals.kept, 'answer')} kept from earlier`
    )
  }
  if (totals.rejected + totals.failed + totals.erased > 0) {
    lines.push(
      style.warn(
        `${count(totals.rejected)} rejected, ${count(totals.failed)} failed, ${count(totals.erased)} of erased persons`
      )
    )
  }
  const fields = Object.entries(totals.changedByField).sort(([, a], [, b]) => b - a)
  if (fields.length > 0) lines.push(`fields: ${fields.map(([name, number]) => `${name} ${count(number)}`).join(', ')}`)
  return lines.join('\n')
}

/** One record: each field that would be different, as it is and as it would be, with the words that support it. */
export function recordText(record: RunRecord, style: Style): string {
  const name = [record.name, record.email].filter((part) => part !== null).join(' ') || 'an erased person'
  const crm = record.crmId === null ? 'no CRM record yet' : `CRM ${record.crmId}`
  const applied = record.appliedAt === null ? '' : style.good(`  applied ${record.appliedAt.toISOString()}`)
  return [
    `${style.bold(name)}  ${style.dim(`${record.leadId}  ${crm}`)}${applied}`,
    ...record.problems.map((problem) => style.warn(`  ${problem.outcome}: ${problem.code}`)),
    ...record.differences.map((difference) => differenceText(difference, style))
  ].join('\n')
}

function differenceText({ field, kind, is, wouldBe }: Difference, style: Style): string {
  const side = (mark: string, { value, evidence, readBy }: Difference['is'], paint: (words: string) => string) =>
    value === null
      ? []
      : [
          paint(`${UNDER_FIELD}${mark} ${short(value)}`),
          ...(evidence === null ? [] : [style.dim(`${UNDER_FIELD}  “${short(evidence)}”`)]),
          ...(readBy === null ? [] : [style.dim(`${UNDER_FIELD}  read by ${readBy}`)])
        ]
  return [`  ${style.name(field)} ${kind}`, ...side('-', is, style.bad), ...side('+', wouldBe, style.good)].join('\n')
}

function short(value: string | number): string {
  const line = String(value).replaceAll(/\s+/g, ' ')
  return line.length > VALUE_LENGTH ? `${line.slice(0, VALUE_LENGTH - 1)}…` : line
}
