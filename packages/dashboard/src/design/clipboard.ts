/** Puts a text into the clipboard. @returns false where the browser refuses, or has none: a page without TLS */
export async function intoClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
