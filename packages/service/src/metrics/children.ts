/**
 * A metric's children by their label values, each made once. To measure through a child costs a look-up; through the
 * metric itself every measurement checks and joins the labels anew, which tells where one is made for each request.
 *
 * @param bind makes the child: `(...values) => metric.labels(...values)`
 */
export function childrenOf<Child>(bind: (...values: string[]) => Child): (...values: string[]) => Child {
  const known = new Map<string, Child>()
  return (...values) => {
    const key = values.join(SEPARATOR)
    const child = known.get(key)
    if (child !== undefined) return child
    const made = bind(...values)
    known.set(key, made)
    return made
  }
}

/** Stands in no label. */
const SEPARATOR = '\u0000'
