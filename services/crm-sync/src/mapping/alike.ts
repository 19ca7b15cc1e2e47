import { distance } from 'fastest-levenshtein'

/** More would be read by nobody. */
const MOST = 3
/** Names of which more than this part differs have nothing to do with each other. */
const MOST_APART = 0.6

/** Of the names, those most like one of the wanted, the most alike first. Case, `_` and what CRMs append do not count. */
export function mostAlike(wanted: readonly string[], names: readonly string[]): string[] {
  const plainWanted = wanted.map(plain).filter((name) => name !== '')
  return names
    .map((name) => ({ name, apart: Math.min(...plainWanted.map((one) => apart(one, plain(name)))) }))
    .filter((one) => one.apart <= MOST_APART)
    .sort((a, b) => a.apart - b.apart || (a.name < b.name ? -1 : 1))
    .slice(0, MOST)
    .map(({ name }) => name)
}

/** 0 for the same name, 1 for nothing in common. One that holds the other is near. */
function apart(a: string, b: string): number {
  const longer = Math.max(a.length, b.length, 1)
  const edits = distance(a, b) / longer
  return a.length > 3 && b.length > 3 && (a.includes(b) || b.includes(a)) ? edits / 2 : edits
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/__c$|_c$/, '')
    .replaceAll(/[^a-z0-9]/g, '')
}
