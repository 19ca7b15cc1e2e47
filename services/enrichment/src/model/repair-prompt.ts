import { clippedAtWord } from '../text/sentences.ts'

/** Enough of the wrong answer to mend it; a longer one is mostly runaway text. */
const MAX_ANSWER_CHARACTERS = 12_000

/** The second request: the first one, the answer to it, and what is wrong with that answer. */
export function repairPrompt(
  user: string,
  wrong: { readonly text: string; readonly issues: readonly string[]; readonly cutOff: boolean }
): string {
  return [
    user,
    '',
    'You answered this before, but the answer can not be used:',
    ...wrong.issues.map((issue) => `- ${issue}`),
    '',
    ...(wrong.cutOff
      ? [
          'Answer again, much shorter: at most three list entries, one short quote per field, no field over 200 characters.'
        ]
      : ['Your answer was:', '<answer>', clippedAtWord(wrong.text, MAX_ANSWER_CHARACTERS), '</answer>', '']),
    'Answer with the corrected JSON object only: every property of the schema, no text before or after it.'
  ].join('\n')
}
