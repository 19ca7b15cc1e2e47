import t from 'tap'
import { ageInDays, emptySecretRecord, withHolder } from './secret-ages.ts'

const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + n))

void t.test('a value is as old as its first sighting, whoever sees it again', (t) => {
  let record = withHolder(emptySecretRecord, {
    service: 'ingest',
    fingerprints: ['a'],
    source: 'file',
    startedAt: day(0)
  })
  record = withHolder(record, { service: 'ingest', fingerprints: ['a'], source: 'vault', startedAt: day(50) })
  record = withHolder(record, { service: 'meetings', fingerprints: ['a'], source: 'file', startedAt: day(60) })
  t.equal(ageInDays(record, ['a'], day(91)), 91)
  t.equal(record.holders['ingest']?.source, 'vault')
  t.end()
})

void t.test('while two values are in force the elder counts; afterwards the new one', (t) => {
  let record = withHolder(emptySecretRecord, { service: 's', fingerprints: ['old'], source: 'file', startedAt: day(0) })
  record = withHolder(record, { service: 's', fingerprints: ['new', 'old'], source: 'file', startedAt: day(80) })
  t.equal(ageInDays(record, ['new', 'old'], day(95)), 95)
  record = withHolder(record, { service: 's', fingerprints: ['new'], source: 'file', startedAt: day(96) })
  t.equal(ageInDays(record, ['new'], day(96)), 16)
  t.end()
})

void t.test('a value that came back is as old as it was; one gone for long is forgotten', (t) => {
  let record = withHolder(emptySecretRecord, { service: 's', fingerprints: ['a'], source: 'file', startedAt: day(0) })
  record = withHolder(record, { service: 's', fingerprints: ['b'], source: 'file', startedAt: day(10) })
  t.equal(ageInDays(record, ['a'], day(20)), 20)
  record = withHolder(record, { service: 's', fingerprints: ['b'], source: 'file', startedAt: day(500) })
  t.strictSame(Object.keys(record.firstSeenAt), ['b'])
  t.end()
})
