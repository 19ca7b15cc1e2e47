import { t } from 'tap'
import { databaseProblem } from './database-away.ts'

void t.test('whatever the driver says of a database that is away is a 503', async (t) => {
  const away = [
    Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' }),
    Object.assign(new Error('terminating connection due to administrator command'), {
      code: '57P01',
      severity: 'FATAL'
    }),
    new Error('Connection terminated unexpectedly'),
    new Error('Client has encountered a connection error and is not queryable'),
    new Error('Client was closed and is not queryable'),
    new Error('timeout expired'),
    new Error('timeout exceeded when trying to connect')
  ]
  for (const error of away) t.match(databaseProblem(error), { statusCode: 503, cause: error }, error.message)
})

void t.test('what is a mistake of ours stays one', async (t) => {
  t.equal(databaseProblem(Object.assign(new Error('syntax error'), { code: '42601', severity: 'ERROR' })), null)
  t.equal(databaseProblem(new TypeError('rows is not iterable')), null)
})
