import { freePort } from '../servers/ports.ts'
import { services, simulatedMail, simulators } from '../services.ts'
import { serverPorts } from './ports.ts'

/** A free port for every port variable of the system, so that several systems run side by side. */
export async function freePorts(): Promise<Record<string, string>> {
  const variables = [...services, simulators, simulatedMail, ...Object.values(serverPorts)].map((spec) => spec.variable)
  const ports = new Set<number>()
  while (ports.size < variables.length) ports.add(await freePort())
  const list = [...ports]
  return Object.fromEntries(variables.map((variable, index) => [variable, String(list[index])]))
}
