import t from 'tap'
import { parseNatsVersion } from './nats-program.ts'

void t.test('the version of nats-server is read from what it prints', async (t) => {
  t.same(parseNatsVersion('nats-server: v2.12.3\n'), [2, 12])
  t.same(parseNatsVersion('nats-server: v3.0.0-RC.1\n'), [3, 0])
  t.equal(parseNatsVersion('command not found'), undefined)
})
