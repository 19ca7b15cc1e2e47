/** HubSpot shows a note's body as HTML and keeps this many characters of it. */
const MAX_BODY_LENGTH = 65_536

/** A note as HubSpot shows it: the title in bold, then the text with its line breaks; its last line is never cut. */
export function noteHtml({ title, content }: { title: string; content: string }, maxLength = MAX_BODY_LENGTH): string {
  const lastLine = content.lastIndexOf('\n') + 1
  const [body, ending] = [content.slice(0, lastLine), content.slice(lastLine)]
  const html = (text: string) => `<strong>${escaped(title)}</strong><br><br>${escaped(text)}${escaped(ending)}`
  const whole = html(body)
  if (whole.length <= maxLength) return whole
  const room = maxLength - html('…\n\n').length
  return html(`${longestWithin(body, room)}…\n\n`)
}

/** The text of a note's body, whatever HubSpot made of its markup: a line for each line that is shown. */
export function noteText(html: string): string {
  return html
    .replaceAll(/<br\s*\/?>|<\/(p|div|li)>/gi, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>')
}

/** The longest beginning whose markup fits. */
function longestWithin(text: string, room: number): string {
  let length = 0
  let kept = ''
  for (const character of text) {
    length += escaped(character).length
    if (length > room) break
    kept += character
  }
  return kept.trimEnd()
}
