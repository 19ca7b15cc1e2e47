/** The values in order, waiting only where there is something to wait for: most events are decoded at once. */
export function settleInOrder<T>(values: readonly (T | Promise<T>)[]): Promise<readonly T[]> | readonly T[] {
  return values.some((value) => value instanceof Promise)
    ? Promise.all(values.map(async (value) => value))
    : (values as readonly T[])
}
