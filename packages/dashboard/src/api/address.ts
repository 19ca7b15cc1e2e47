/** What may stand in a query string. */
export type QueryValue = string | number | undefined

/** The address of a read: its path with the parameters put in, and the query without what is undefined or empty. */
export function addressOf(
  path: string,
  parameters: Readonly<Record<string, string>> = {},
  query: Readonly<Record<string, QueryValue>> = {}
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const value = parameters[name]
    if (value === undefined) throw new TypeError(`${path} needs ${name}`)
    return encodeURIComponent(value)
  })
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, String(value))
  }
  const text = search.toString()
  return text === '' ? filled : `${filled}?${text}`
}
