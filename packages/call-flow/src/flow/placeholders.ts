/** `{{lead.firstName|there}}`: the name of a variable, and what stands there while it is unknown. */
export interface Placeholder {
  readonly variable: string
  readonly fallback: string | null
}

const PLACEHOLDER = /\{\{\s*([^{}|]*?)\s*(?:\|([^{}|]*))?\}\}/g

/** The placeholders of a text. */
export function placeholdersOf(text: string): readonly Placeholder[] {
  return [...text.matchAll(PLACEHOLDER)].map((match) => ({ variable: match[1] ?? '', fallback: match[2] ?? null }))
}

/** The text with its placeholders filled; what is unknown and has no fallback is left out. */
export function fillPlaceholders(text: string, variables: Readonly<Record<string, string>>): string {
  return text
    .replace(PLACEHOLDER, (_match, variable: string, fallback: string | undefined) => {
      const value = Object.hasOwn(variables, variable) ? variables[variable] : undefined
      return value !== undefined && value !== '' ? value : (fallback ?? '')
    })
    .replace(/ {2,}/g, ' ')
    .trim()
}
