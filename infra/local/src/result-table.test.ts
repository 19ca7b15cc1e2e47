import t from 'tap'
import { formatResultTable } from './result-table.ts'

void t.test('leads are listed by company, long texts are cut, missing fields are empty', async (t) => {
  const table = formatResultTable([
    { lastName: 'Weber', company: 'Zeta', status: 'Demo Booked', demoDate: '2026-11-20T15:00:00+00:00' },
    { firstName: 'Ana', lastName: 'Lima', company: 'Alfa', painPoints: `slow\n${'x'.repeat(60)}` }
  ])
  const [alfa = '', zeta = ''] = table.split('\n').filter((line) => /Alfa|Zeta/.test(line))
  t.ok(table.indexOf(alfa) < table.indexOf(zeta))
  t.match(alfa, /Ana Lima.*slow x+…/)
  t.match(zeta, /Weber.*Demo Booked.*2026-11-20 15:00/)
  t.notMatch(table, /null|undefined/)
})
