/** A name with capitals at the beginning of its parts: `MÜLLER-LINDQVIST` → `Müller-Lindqvist`, `o'connor` → `O'Connor`. */
export function capitalisedName(name: string): string {
  return name
    .toLowerCase()
    .replace(
      /(^|[-\s]|(?<=^[od])['’])(\p{L})/gu,
      (_, before: string, letter: string) => `${before}${letter.toUpperCase()}`
    )
}
