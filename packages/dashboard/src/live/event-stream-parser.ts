/** One message of a server-sent event stream. */
export interface StreamMessage {
  readonly event: string
  readonly data: string
  readonly id: string | null
}

/** Takes pieces of text as they arrive and gives each message as soon as it is whole. */
export function createStreamParser(onMessage: (message: StreamMessage) => void): (text: string) => void {
  let waiting = ''
  let event = ''
  let data: string[] = []
  let id: string | null = null
  const line = (text: string): void => {
    if (text === '') {
      if (data.length > 0) onMessage({ event: event || 'message', data: data.join('\n'), id })
      event = ''
      data = []
      id = null
      return
    }
    const colon = text.indexOf(':')
    const field = colon === -1 ? text : text.slice(0, colon)
    const value = colon === -1 ? '' : text.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') event = value
    else if (field === 'data') data.push(value)
    else if (field === 'id') id = value
  }
  return (text) => {
    const lines = (waiting + text).split(/\r?\n/)
    waiting = lines.pop() ?? ''
    for (const each of lines) line(each)
  }
}
