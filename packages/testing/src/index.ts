export type { LocalServer } from '@leadlog/local/servers'
export { eventually, type EventuallyOptions } from './eventually.ts'
export { fakeClock, type FakeClock } from './fake-clock.ts'
export { isolatedNats, isolatedNatsCluster, testNats, type TestNats } from './servers/nats.ts'
export { ageingProxy, type AgeingProxy } from './servers/ageing-proxy.ts'
export { databaseCatalog } from './servers/database-catalog.ts'
export { streamStates } from './servers/stream-states.ts'
export { tcpProxy, type TcpProxy } from './servers/tcp-proxy.ts'
export { isolatedPostgres, testDatabase, type DatabaseTemplate, type TestDatabase } from './servers/postgres.ts'
export { isolatedRedis, testRedis, type TestRedis } from './servers/redis.ts'
export { uniqueName } from './servers/unique-name.ts'
export {
  deciderSpec,
  type DeciderGiven,
  type DeciderOutcome,
  type DeciderSpec,
  type SpecDecider
} from './specs/decider-spec.ts'
export {
  projectionSpec,
  type ProjectionGiven,
  type ProjectionSpec,
  type SpecProjection
} from './specs/projection-spec.ts'
export type { TestContext } from './test-context.ts'
export { startOtlpReceiver, type OtlpReceiver } from './otlp/otlp-receiver.ts'
export type { ReceivedSpan } from './otlp/received-span.ts'
export { startProcesses, type KilledProcesses } from './killed-processes.ts'
