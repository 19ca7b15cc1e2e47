import t from 'tap'
import { parseStartOptions } from './options.ts'

void t.test('options are read, and what is unknown shows the usage', async (t) => {
  t.same(parseStartOptions([]), { demo: true, fresh: false, simulators: true, redis: true, only: undefined })
  t.match(parseStartOptions(['--only', 'ingest,gateway', '--no-demo']), { demo: false, only: ['ingest', 'gateway'] })
  t.equal(parseStartOptions(['--help']), 'help')
  t.throws(() => parseStartOptions(['--only', 'accounting']), { message: /no service accounting\nusage:/ })
  t.throws(() => parseStartOptions(['--fast']), { code: 'LOCAL_OPTION_UNKNOWN' })
})
