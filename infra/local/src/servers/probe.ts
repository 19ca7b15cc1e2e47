import { connect } from 'node:net'

/** A local server that accepts a connection answers within this time or is not ready. */
const ANSWER_MS = 2_000

/** Connects, optionally says something, and resolves when the answer contains `expected`. */
export function probeTcp(port: number, expected: string, say?: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' })
    let heard = ''
    const finish = (error?: Error): void => {
      socket.destroy()
      if (error === undefined) resolve()
      else reject(error)
    }
    socket.setTimeout(ANSWER_MS, () => finish(new Error('no answer')))
    socket.on('connect', () => {
      if (say !== undefined) socket.write(say)
    })
    socket.on('data', (chunk: Buffer) => {
      heard += chunk.toString('latin1')
      if (heard.includes(expected)) finish()
    })
    socket.on('error', finish)
    socket.on('close', () => finish(new Error('connection closed')))
  })
}
