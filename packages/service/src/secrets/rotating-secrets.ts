/** The secrets of a variable that may hold several, separated by commas, while one replaces the other. */
export function rotatingSecrets(value: string | undefined): readonly string[] {
  return (value ?? '').split(',').flatMap((part) => part.trim() || [])
}
