import type { SpeakerBlock } from '@leadlog/contracts'
import { informationDensities } from './information-density.ts'
import { labelled, passagesOf, passageText, type Passage } from './passages.ts'

/** Transcripts longer than this are sampled: about 4,000 tokens, which models read with care and at little cost. */
export const TRANSCRIPT_LIMIT = 15_000

/** The beginning holds who is there and why, the end what was agreed; each gets this share of the limit. */
const EDGE_SHARE = 0.25

/** Longer blocks are divided at sentences, so that one monologue does not fill the sample. */
const MAX_PASSAGE_CHARACTERS = 1_200

/** No passage takes more than this part of a small limit. */
const PASSAGES_PER_LIMIT = 10

export interface TranscriptSample {
  /** Lines `Speaker: words`, with a line in brackets wherever something was left out. */
  readonly text: string
  readonly sampled: boolean
  readonly keptPassages: number
  readonly omittedPassages: number
}

/**
 * A transcript within a limit of characters. What fits is given whole. Otherwise the beginning, the end and the
 * densest passages between are kept: whole blocks (of very long ones whole sentences), in their order, with a marker
 * in place of what was left out. The result, markers included, is never longer than the limit.
 */
export function sampleTranscript(
  transcript: readonly SpeakerBlock[],
  options: { readonly limit?: number; readonly isCustomer: (speaker: string) => boolean }
): TranscriptSample {
  const limit = options.limit ?? TRANSCRIPT_LIMIT
  const whole = passagesOf(transcript)
  const text = passageText(whole)
  if (text.length <= limit) return { text, sampled: false, keptPassages: whole.length, omittedPassages: 0 }

  const passages = passagesOf(transcript, Math.min(MAX_PASSAGE_CHARACTERS, Math.max(1, limit / PASSAGES_PER_LIMIT)))
  const isCustomer = (passage: Passage) => options.isCustomer(transcript[passage.block]?.speaker ?? '')
  const densities = informationDensities(
    passages.map((passage) => ({ text: passage.text, isCustomer: isCustomer(passage) }))
  )
  const kept = choose(passages, densities, limit)
  return {
    text: textWithMarkers(passages, kept),
    sampled: true,
    keptPassages: kept.filter(Boolean).length,
    omittedPassages: kept.filter((isKept) => !isKept).length
  }
}

function choose(passages: readonly Passage[], densities: readonly number[], limit: number): boolean[] {
  const kept = passages.map(() => false)
  const markerCost = marker(passages.length, totalCharacters(passages)).length + 1
  const costs = passages.map((passage) => labelled(passage).length + 1)
  // One hole: everything. Each passage taken makes the holes more, fewer, or leaves their number as it is.
  let used = markerCost

  const take = (at: number, budget: number): boolean => {
    const neighbours = Number(kept[at - 1] ?? true) + Number(kept[at + 1] ?? true)
    const cost = (costs[at] ?? 0) + (1 - neighbours) * markerCost
    if (kept[at] || used + cost > budget) return false
    kept[at] = true
    used += cost
    return true
  }

  let at = 0
  while (at < passages.length && take(at, markerCost + EDGE_SHARE * limit)) at += 1
  const budgetWithEnd = used + EDGE_SHARE * limit
  at = passages.length - 1
  while (at >= 0 && take(at, Math.min(limit, budgetWithEnd))) at -= 1
  const byDensity = passages.map((_, index) => index).sort((a, b) => (densities[b] ?? 0) - (densities[a] ?? 0) || a - b)
  for (const index of byDensity) take(index, limit)
  return kept
}

function textWithMarkers(passages: readonly Passage[], kept: readonly boolean[]): string {
  const lines: string[] = []
  let run: Passage[] = []
  let hole: Passage[] = []
  const closeRun = () => {
    if (run.length > 0) lines.push(passageText(run))
    run = []
  }
  const closeHole = () => {
    if (hole.length > 0) lines.push(marker(hole.length, totalCharacters(hole)))
    hole = []
  }
  passages.forEach((passage, at) => {
    if (kept[at]) {
      closeHole()
      run.push(passage)
    } else {
      closeRun()
      hole.push(passage)
    }
  })
  closeRun()
  closeHole()
  return lines.join('\n')
}

function marker(passages: number, characters: number): string {
  return `[… left out: ${passages} ${passages === 1 ? 'passage' : 'passages'}, ${characters} characters …]`
}

function totalCharacters(passages: readonly Passage[]): number {
  return passages.reduce((total, { text }) => total + text.length, 0)
}
