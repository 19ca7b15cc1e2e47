import type { LeadIntel } from '@leadlog/contracts'
import type { BookingInput } from '../../lead-intel/booking-input.ts'
import type { Finding } from '../finding.ts'
import {
  authorityFinding,
  budgetFinding,
  decisionProcessFinding,
  needFinding,
  teamSizeFinding,
  timingFinding,
  urgencyFinding,
  useCaseFinding
} from './buying-findings.ts'
import {
  companyFinding,
  industryFinding,
  nameFindings,
  phoneFinding,
  placeFindings,
  titleFinding,
  websiteFinding
} from './contact-findings.ts'
import { cheatSheet, discoveryQuestions, nextStepFinding, summary } from './lead-briefing.ts'
import { objectionFindings, objectiveFindings, painFindings, toolFindings } from './list-findings.ts'
import { readAnswers } from './read-answers.ts'

/** What each field counts for how well a lead is known. Together 1. */
const WEIGHTS: Readonly<Record<string, number>> = {
  need: 0.14,
  painPoints: 0.14,
  budget: 0.13,
  authority: 0.12,
  timing: 0.12,
  company: 0.08,
  teamSize: 0.07,
  toolsCurrentlyUsed: 0.07,
  title: 0.05,
  industry: 0.05,
  objectives: 0.03
}

/** Rules see words and not what is meant: even a full form is no certainty. */
const HIGHEST_CONFIDENCE = 0.8

/** More quotes for one field than these are not read. */
const MAX_QUOTES_PER_FIELD = 4

/**
 * Lead intelligence by rules alone: the same booking gives the same answer, offline. A field is filled only from words
 * of the booking, which are its evidence; discovery questions, cheat sheet and summary are composed of such fields.
 */
export function leadIntelByRules(booking: BookingInput): LeadIntel {
  const answers = readAnswers(booking)
  const company = companyFinding(booking, answers)
  const title = titleFinding(answers)
  const pains = painFindings(answers)
  const objectives = objectiveFindings(answers)
  const timing = timingFinding(answers)
  const texts = {
    ...nameFindings(booking),
    company,
    title,
    phone: phoneFinding(booking, answers),
    website: websiteFinding(answers),
    ...placeFindings(booking, answers),
    industry: industryFinding(answers, company),
    teamSize: teamSizeFinding(answers),
    budget: budgetFinding(answers),
    authority: authorityFinding(answers, title),
    need: needFinding(answers, objectives, pains),
    timing,
    urgency: urgencyFinding(answers, timing),
    useCase: useCaseFinding(answers),
    decisionProcess: decisionProcessFinding(answers),
    nextStep: nextStepFinding(booking)
  }
  const lists = {
    painPoints: pains,
    toolsCurrentlyUsed: toolFindings(answers),
    objectives,
    objections: objectionFindings(answers)
  }
  const found = { ...valuesOf(texts), ...listsOf(lists) }
  return {
    ...found,
    discoveryQuestions: discoveryQuestions(found),
    cheatSheet: cheatSheet(found),
    summary: summary(found, booking.title),
    confidence: confidenceOf({ ...texts, ...lists }),
    evidence: evidenceOf({ ...texts, ...lists })
  }
}

type Found = Finding | null

function valuesOf<K extends string>(findings: Record<K, Found>): Record<K, string> {
  const entries = Object.entries<Found>(findings).map(([field, found]) => [field, found?.value ?? ''])
  return Object.fromEntries(entries) as Record<K, string>
}

function listsOf<K extends string>(findings: Record<K, Finding[]>): Record<K, string[]> {
  const entries = Object.entries<Finding[]>(findings).map(([field, found]) => [field, found.map(({ value }) => value)])
  return Object.fromEntries(entries) as Record<K, string[]>
}

function confidenceOf(findings: Record<string, Found | Finding[]>): number {
  const support = (field: string) => Math.max(0, ...findingsOf(findings[field]).map((found) => found.support))
  const total = Object.entries(WEIGHTS).reduce((sum, [field, weight]) => sum + weight * support(field), 0)
  return Math.round(Math.min(HIGHEST_CONFIDENCE, total) * 100) / 100
}

function evidenceOf(findings: Record<string, Found | Finding[]>): LeadIntel['evidence'] {
  return Object.entries(findings).flatMap(([field, found]) => {
    const quotes = new Set(findingsOf(found).map(({ quote }) => quote))
    return [...quotes].slice(0, MAX_QUOTES_PER_FIELD).map((quote) => ({ field, quote }))
  })
}

function findingsOf(found: Found | Finding[] | undefined): readonly Finding[] {
  if (!found) return []
  return Array.isArray(found) ? found : [found]
}
