import t from 'tap'
import { statusOfWhole } from './http-connection.ts'

void t.test('an answer counts when all of it has arrived', async (t) => {
  const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: keep-alive\r\n\r\nabcd'
  t.equal(statusOfWhole(answer), 200)
  for (let length = 0; length < answer.length; length += 1) t.equal(statusOfWhole(answer.slice(0, length)), undefined)
  t.equal(statusOfWhole(answer.replace('200 OK', '503 Service Unavailable')), 503)
  t.throws(() => statusOfWhole('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'), /without a length/)
})
