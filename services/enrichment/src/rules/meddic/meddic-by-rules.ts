import type { Meddic, TranscriptQuality } from '@leadlog/contracts'
import type { MeetingInput } from '../../meddic/meeting-input.ts'
import { SUMMARY_ONLY } from '../../meddic/readable-meeting.ts'
import { clippedAtWord } from '../../text/sentences.ts'
import { DIRECT, type Finding } from '../finding.ts'
import type { MeddicPart } from './part-cues.ts'
import { partFindings } from './part-findings.ts'
import { statementsOf } from './statements.ts'

/** What each part counts for how well a deal is qualified. Together 1. */
const WEIGHTS: Readonly<Record<MeddicPart, number>> = {
  identifiedPain: 0.2,
  metrics: 0.15,
  economicBuyer: 0.15,
  decisionCriteria: 0.12,
  decisionProcess: 0.12,
  champion: 0.1,
  nextSteps: 0.08,
  competition: 0.04,
  risks: 0.04
}

/** Rules see words and not what is meant. */
const HIGHEST_CONFIDENCE = 0.8

/** How far conclusions from a transcript of that quality go. */
const QUALITY_SHARE: Readonly<Record<TranscriptQuality['verdict'], number>> = { good: 1, partial: 0.6, unusable: 0.25 }

const MAX_ACTION_ITEMS = 5
const MAX_PART_CHARACTERS = 600

/** What a doubtful transcript means for the deal. */
const QUALITY_RISKS: Readonly<Record<string, (quality: TranscriptQuality) => string>> = {
  'low-coverage': ({ coverage }) => `the transcript covers only ${Math.round(coverage * 100)} % of the meeting`,
  'long-gap': ({ longestGapSeconds }) =>
    `${Math.round(longestGapSeconds / 60)} minutes in one piece are missing from the transcript`,
  'customer-silent': () => 'the customer is not heard in the transcript',
  'single-speaker': () => 'only one speaker is heard in the transcript',
  [SUMMARY_ONLY]: () => "all of this is from the notetaker's summary, not from what was said"
}

/**
 * MEDDIC by rules alone: the same meeting gives the same answer, offline. The customer's sentences are scored by the
 * words that people use for each part and by the question they answer; the best ones are the part, and its evidence.
 * The notetaker's action items are next steps; its summary and topics fill what was not heard.
 */
export function meddicByRules(meeting: MeetingInput, quality: TranscriptQuality): Meddic {
  const statements = statementsOf(meeting)
  const find = (part: MeddicPart) => partFindings(part, statements)
  const findings: Record<MeddicPart, Finding[]> = {
    metrics: find('metrics'),
    economicBuyer: find('economicBuyer'),
    decisionCriteria: find('decisionCriteria'),
    decisionProcess: find('decisionProcess'),
    identifiedPain: find('identifiedPain'),
    champion: find('champion'),
    competition: find('competition'),
    nextSteps: nextSteps(meeting, find('nextSteps')),
    risks: find('risks')
  }
  const entries = Object.entries(findings) as [MeddicPart, Finding[]][]
  const texts = Object.fromEntries(entries.map(([part, found]) => [part, textOf(found)])) as Record<MeddicPart, string>
  return {
    ...texts,
    risks: joined([texts.risks, ...qualityRisks(quality)]),
    confidence: confidenceOf(findings, quality),
    evidence: entries.flatMap(([field, found]) => found.map(({ quote }) => ({ field, quote })))
  }
}

/** The notetaker's action items, and what was agreed in words that they do not have. */
function nextSteps(meeting: MeetingInput, spoken: readonly Finding[]): Finding[] {
  const items = meeting.actionItems
    .map((item) => item.replace(/\s+/g, ' ').trim())
    .filter((item) => /[\p{L}\p{N}]/u.test(item))
    .slice(0, MAX_ACTION_ITEMS)
    .map((item): Finding => ({ value: item, quote: item, support: DIRECT }))
  const known = new Set(items.map(({ value }) => value.toLowerCase()))
  const more = spoken.filter(({ value }) => !known.has(value.toLowerCase()))
  return items.length > 0 ? [...items, ...more.slice(0, 1)] : more
}

function qualityRisks(quality: TranscriptQuality): string[] {
  return quality.flags.flatMap((flag) => QUALITY_RISKS[flag]?.(quality) ?? []).map(sentence)
}

function confidenceOf(findings: Record<MeddicPart, readonly Finding[]>, quality: TranscriptQuality): number {
  const parts = Object.entries(WEIGHTS) as [MeddicPart, number][]
  const total = parts.reduce((sum, [part, weight]) => {
    const support = Math.max(0, ...findings[part].map((found) => found.support))
    return sum + weight * support
  }, 0)
  return Math.round(Math.min(HIGHEST_CONFIDENCE, total) * QUALITY_SHARE[quality.verdict] * 100) / 100
}

function textOf(findings: readonly Finding[]): string {
  return clippedAtWord(joined(findings.map(({ value }) => value)), MAX_PART_CHARACTERS)
}

/** Sentences as they are, other pieces as sentences. */
function joined(parts: readonly string[]): string {
  return parts
    .filter((part) => part !== '')
    .map((part) => (/[.!?…]$/.test(part) ? part : `${part}.`))
    .join(' ')
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
