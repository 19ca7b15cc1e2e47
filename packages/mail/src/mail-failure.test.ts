import t from 'tap'
import { mailFailure } from './mail-failure.ts'

void t.test('silence before the content is a mail that was not sent; after it nobody knows', (t) => {
  const code = (failure: object | null, wasClosed = false) =>
    (mailFailure(failure, wasClosed) as Error & { code: string }).code
  for (const timeoutType of ['CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'UPGRADE_TIMEOUT']) {
    t.equal(code({ code: 'ETIMEDOUT', command: 'CONN', timeoutType }), 'MAIL_NOT_SENT', timeoutType)
  }
  t.equal(code({ code: 'ETIMEDOUT', command: 'CONN', timeoutType: 'SOCKET_TIMEOUT' }), 'OUTBOUND_OUTCOME_UNKNOWN')
  t.equal(code({ code: 'ESOCKET', command: 'CONN', syscall: 'connect' }), 'MAIL_NOT_SENT')
  t.equal(code({ code: 'ESOCKET', command: 'CONN', syscall: 'read' }), 'OUTBOUND_OUTCOME_UNKNOWN')
  t.equal(code({ code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535 }), 'MAIL_REFUSED')
  t.equal(code({ code: 'EAUTH', command: 'AUTH XOAUTH2' }), 'MAIL_NOT_SENT')
  t.equal(code({ code: 'ECONNECTION' }), 'MAIL_NOT_SENT')
  t.equal(code({ code: 'ECONNECTION' }, true), 'OUTBOUND_OUTCOME_UNKNOWN')
  t.equal(code(null), 'OUTBOUND_OUTCOME_UNKNOWN')
  t.end()
})
