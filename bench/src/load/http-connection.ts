import { createConnection, type Socket } from 'node:net'

/** A connection that has one request under way at a time, as a vendor's client does. */
export interface HttpConnection {
  /** @param done called with the status once the whole answer is there */
  send(request: Buffer, done: (status: number) => void): void
  close(): void
}

/**
 * Opens a keep-alive connection. It knows just enough of HTTP for answers with a length, and spends next to nothing on
 * them, since the server is what is measured.
 */
export function openHttpConnection(port: number, onFailure: (error: Error) => void): Promise<HttpConnection> {
  return new Promise((resolve, reject) => {
    const socket: Socket = createConnection({ host: '127.0.0.1', port, noDelay: true })
    let waiting: ((status: number) => void) | undefined
    let received = ''
    const fail = (error: Error): void => {
      socket.destroy()
      onFailure(error)
    }
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject)
      socket.on('error', fail)
      socket.on('end', () => fail(new Error('the server closed the connection')))
      socket.setEncoding('latin1')
      socket.on('data', (chunk: string) => {
        received += chunk
        const status = statusOfWhole(received)
        if (status === undefined) return
        received = ''
        const done = waiting
        waiting = undefined
        done?.(status)
      })
      resolve({
        send(request, done) {
          waiting = done
          socket.write(request)
        },
        close: () => void socket.destroy()
      })
    })
  })
}

const LENGTH = /\r\ncontent-length: (\d+)\r\n/i

/** The status of an answer that has arrived as a whole; undefined while some of it is missing. */
export function statusOfWhole(answer: string): number | undefined {
  const end = answer.indexOf('\r\n\r\n')
  if (end === -1) return undefined
  const length = LENGTH.exec(answer)
  if (!length) throw new Error(`an answer without a length: ${answer.slice(0, end)}`)
  return answer.length >= end + 4 + Number(length[1]) ? Number(answer.slice(9, 12)) : undefined
}
