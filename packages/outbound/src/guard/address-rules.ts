import ipaddr from 'ipaddr.js'

/** Which addresses may be connected to. */
export interface AddressRules {
  /** Why this address of the host is none that may be connected to; null where it is. */
  refusalOf(host: string, address: string): string | null
}

/** Public by their number, but answered by the machine's own cloud. */
const CLOUD_SERVICES: ReadonlySet<string> = new Set(['168.63.129.16'])

/** All that is given out in IPv6; what is written outside of it stands for something else, such as `::127.0.0.1`. */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3')

const KINDS: Readonly<Record<string, string>> = {
  loopback: 'this machine itself',
  private: 'a private network',
  uniqueLocal: 'a private network',
  linkLocal: "the link-local network, where clouds tell a machine's secrets",
  carrierGradeNat: "a provider's own network",
  unspecified: 'this machine itself'
}

/**
 * Addresses of the Internet at large may be connected to, nothing else: no private, link-local, loopback, translated or
 * reserved address, in whichever way it is written. `allowed` names what may be besides: hosts, addresses and networks
 * (`10.1.0.0/16`).
 *
 * @throws TypeError for an entry that is neither
 */
export function createAddressRules(allowed: readonly string[]): AddressRules {
  const entries = allowed.map((entry) => entry.trim().toLowerCase()).filter((entry) => entry !== '')
  const networks = entries.map(networkOf).filter((network) => network !== null)
  const hosts = new Set(entries.map(plainHost))
  return {
    refusalOf(host, address) {
      if (hosts.has(plainHost(host.toLowerCase()))) return null
      if (!ipaddr.isValid(address)) return 'no address that is known'
      const plain = ipaddr.process(address)
      if (networks.some((network) => isWithin(plain, network))) return null
      if (CLOUD_SERVICES.has(plain.toString())) return "a service of the machine's own cloud"
      const range = plain.range()
      if (range !== 'unicast') return KINDS[range] ?? `no public address (${range})`
      return plain.kind() === 'ipv4' || isWithin(plain, GLOBAL_IPV6) ? null : 'no public address'
    }
  }
}

type Address = ReturnType<typeof ipaddr.process>
type Network = readonly [Address, number]

function networkOf(entry: string): Network | null {
  if (ipaddr.isValid(entry)) {
    const address = ipaddr.process(entry)
    return [address, address.kind() === 'ipv4' ? 32 : 128]
  }
  if (!entry.includes('/')) return null
  if (!ipaddr.isValidCIDR(entry)) throw new TypeError(`"${entry}" is no network; one reads 10.1.0.0/16`)
  return ipaddr.parseCIDR(entry)
}

function isWithin(address: Address, [base, bits]: Network): boolean {
  return address.kind() === base.kind() && address.match([base, bits] as never)
}

/** `[::1]` and a name's last dot say the same without. */
function plainHost(host: string): string {
  return host.replace(/^\[|\]$/g, '').replace(/\.$/, '')
}
