/** What the address says of a list: filters, and nothing that is empty. */
export type Search = Readonly<Record<string, string | undefined>>

/** Reads the query of an address; everything stays text, so that an id of digits is no number. */
export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text))
}

export function formatSearch(search: Readonly<Record<string, unknown>>): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === 'string' && value !== '') parameters.set(name, value)
  }
  const text = parameters.toString()
  return text === '' ? '' : `?${text}`
}

/** Only what a list knows; a wrong word in a shared address changes nothing. */
export function searchOf(given: Readonly<Record<string, unknown>>, names: readonly string[]): Search {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = given[name]
      return typeof value === 'string' && value !== '' ? [[name, value]] : []
    })
  )
}

/** Whether two searches ask for the same. */
export function sameSearch(a: Search, b: Search): boolean {
  const text = (search: Search): string =>
    JSON.stringify(
      Object.entries(search)
        .filter(([, value]) => value !== undefined && value !== '')
        .sort()
    )
  return text(a) === text(b)
}
