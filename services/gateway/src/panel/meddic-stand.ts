import { DISCOVERY_QUESTIONS, type MeddicPart } from '@leadlog/contracts'
import type { LeadDetail } from '../leads/lead.schema.ts'

/** A question of a part, and whether it was asked. */
export interface AskedQuestion {
  readonly id: string
  readonly words: string
  /** When it was ticked in this meeting; null where it was not. */
  readonly tickedAt: string | null
  /** When it was asked in an earlier meeting with the same lead; null where it never was. */
  readonly askedBefore: string | null
}

/** A part of MEDDIC: what is known, or what to ask. */
export interface PartStand {
  readonly part: MeddicPart
  /** What a conversation gave; null is a gap. */
  readonly known: string | null
  /** What the booking says that comes near it; null where it says nothing. */
  readonly hint: string | null
  readonly questions: readonly AskedQuestion[]
}

/** When questions were ticked, by their ids. */
type Ticks = Readonly<Record<string, string>>

/** In the order of MEDDIC's name, and what else decides. */
const PARTS = [
  'metrics',
  'economicBuyer',
  'decisionCriteria',
  'decisionProcess',
  'identifiedPain',
  'champion',
  'competition',
  'nextSteps',
  'risks'
] as const satisfies readonly MeddicPart[]

/** What a booking gives that comes near a part. It is no conversation, and closes no gap. */
const NEAR: Readonly<Partial<Record<MeddicPart, string>>> = {
  metrics: 'objectives',
  economicBuyer: 'authority',
  decisionProcess: 'decisionProcess',
  identifiedPain: 'painPoints',
  competition: 'toolsCurrentlyUsed',
  risks: 'objections',
  nextSteps: 'nextStep'
}

/**
 * How the qualification of a lead stands. Each gap has its questions; one that is known keeps those that were ticked in
 * this meeting, so that nothing which was ticked disappears.
 */
export function meddicStand(
  fields: LeadDetail['fields'],
  { here, before }: { readonly here: Ticks; readonly before: Ticks }
): PartStand[] {
  return PARTS.map((part) => {
    const known = textOf(fields[`meddic${part.charAt(0).toUpperCase()}${part.slice(1)}`])
    const near = NEAR[part]
    const questions = DISCOVERY_QUESTIONS.filter((question) => question.part === part).map(({ id, words }) => ({
      id,
      words,
      tickedAt: here[id] ?? null,
      askedBefore: before[id] ?? null
    }))
    return {
      part,
      known,
      hint: known === null && near !== undefined ? textOf(fields[near]) : null,
      questions: known === null ? questions : questions.filter(({ tickedAt }) => tickedAt !== null)
    }
  })
}

function textOf(field: LeadDetail['fields'][string] | undefined): string | null {
  if (field === undefined) return null
  const text = Array.isArray(field.value) ? field.value.join('; ') : String(field.value)
  return text.trim() === '' ? null : text
}
