/**
 * Where a key leads in a list of rows.
 *
 * @param at the row that has the focus or is open; -1 for none
 * @param onRow whether a row has the focus: arrows belong to the page otherwise
 * @returns null where the key is none of the list's
 */
export function nextRow(key: string, at: number, count: number, onRow: boolean): number | null {
  if (count === 0) return null
  if (key === 'j' || (onRow && key === 'ArrowDown')) return Math.min(count - 1, at + 1)
  if (key === 'k' || (onRow && key === 'ArrowUp')) return Math.max(0, at - 1)
  if (onRow && key === 'Home') return 0
  if (onRow && key === 'End') return count - 1
  return null
}
