/** True for two flat objects of the same fields and values. */
export function isSame(a: object, b: object | null): boolean {
  return b !== null && JSON.stringify(a, Object.keys(a).sort()) === JSON.stringify(b, Object.keys(b).sort())
}
