import type { FlowDocument, Prompt } from '@leadlog/contracts'
import { fillPlaceholders } from '../flow/placeholders.ts'
import type { Sound } from './verb.ts'

/** Twilio says no more than this in one go. */
const MOST_CHARACTERS = 4096

/** What a caller hears of prompts. One that is empty for this caller is left out. */
export function soundsOf(
  flow: Pick<FlowDocument, 'language' | 'voice'>,
  prompts: readonly (Prompt | undefined)[],
  variables: Readonly<Record<string, string>>
): readonly Sound[] {
  return prompts.flatMap((prompt): Sound[] => {
    if (prompt === undefined) return []
    if ('play' in prompt) return [{ verb: 'play', url: prompt.play }]
    const text = speakable(fillPlaceholders(prompt.say, variables))
    return text === '' ? [] : [{ verb: 'say', text, language: flow.language, voice: flow.voice ?? null }]
  })
}

/** Longest message that Twilio sends as one. */
const MOST_MESSAGE_CHARACTERS = 1600

/** The text of a message with its placeholders filled. */
export function messageText(text: string, variables: Readonly<Record<string, string>>): string {
  return speakable(fillPlaceholders(text, variables), MOST_MESSAGE_CHARACTERS)
}

/** Without what XML cannot hold, whoever typed it, and not longer than Twilio takes. */
function speakable(text: string, most = MOST_CHARACTERS): string {
  return [...text.toWellFormed()]
    .filter((character) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(character))
    .join('')
    .slice(0, most)
    .toWellFormed()
    .trim()
}
