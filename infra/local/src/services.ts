/** A program of the system that listens on a port of its own. */
export interface ServiceSpec {
  name: string
  /** Of its process, from the repository's root. */
  program: string
  port: number
  /** Overrides the port. */
  variable: string
  /** Options of Node for its process. */
  nodeArgs?: readonly string[]
}

/**
 * Room for what is young: a process that takes in thousands of webhooks a second makes garbage of all of it, and with
 * the usual room spends a tenth of its time moving what is about to die.
 */
export const MUCH_YOUNG = ['--max-semi-space-size=64']

/**
 * Room for what is old. Left to itself a process on a machine with much memory lets four times of what it needs pile up
 * before it looks for what is not needed any more; with this bound, half as much again. Not for ingest, which keeps
 * nothing and would pay a third of its time for it.
 */
const BOUNDED_OLD = ['--max-old-space-size=1024']

/** For what handles events: an event and all that is made of it live through a few round trips, then die together. */
const SOME_YOUNG = ['--max-semi-space-size=32']

/** The vendors, offline. Started before the services, stopped after them. */
export const simulators: ServiceSpec = {
  name: 'simulators',
  program: 'packages/simulators/src/main.ts',
  port: 8090,
  variable: 'SIMULATORS_PORT'
}

/** Where the simulators take the mail of everybody. */
export const simulatedMail = { name: 'mail', port: 8091, variable: 'SIMULATORS_SMTP_PORT' }

/** Every service, in the order in which it is listed to people. */
export const services: readonly ServiceSpec[] = [
  service('gateway', 8080),
  { ...service('ingest', 8081), nodeArgs: MUCH_YOUNG },
  service('telephony', 8082),
  service('meetings', 8083),
  service('billing', 8084),
  service('crm', 8085),
  service('enrichment', 8086),
  service('crm-sync', 8087),
  service('notifications', 8088)
]

function service(name: string, port: number): ServiceSpec {
  const variable = `${name.toUpperCase().replaceAll('-', '_')}_PORT`
  return { name, program: `services/${name}/src/main.ts`, port, variable, nodeArgs: [...BOUNDED_OLD, ...SOME_YOUNG] }
}
