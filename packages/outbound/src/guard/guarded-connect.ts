import { lookup as systemLookup, type LookupAddress } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { buildConnector } from 'undici'
import type { AddressRules } from './address-rules.ts'

/** The address that a host leads to is none that may be called. Nothing was sent. */
export class AddressRefusedError extends Error {
  readonly host: string
  readonly address: string
  readonly why: string

  constructor(host: string, address: string, why: string) {
    super(`${host} leads to ${address}: ${why}`)
    this.name = 'AddressRefusedError'
    this.host = host
    this.address = address
    this.why = why
  }
}

/** Asks for all addresses of a name. */
export type Resolve = (
  host: string,
  options: { readonly all: true; readonly family?: number },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void
) => void

export interface GuardedConnectOptions {
  readonly rules: AddressRules
  readonly timeoutMs: number
  /** The system's by default. */
  readonly resolve?: Resolve | undefined
}

/**
 * Connects to addresses that the rules take, and to no other. A name is resolved once, all of its addresses are checked,
 * and the connection goes to one of those that were checked: a name that answers otherwise a moment later is not asked. The
 * address at the other end of the connection is looked at once more before anything is written.
 */
export function guardedConnect({
  rules,
  timeoutMs,
  resolve = systemLookup
}: GuardedConnectOptions): buildConnector.connector {
  const connect = buildConnector({ timeout: timeoutMs, lookup: guardedLookup(rules, resolve) })
  return (options, done) => {
    const host = options.hostname.replace(/^\[|\]$/g, '')
    // A written address is looked up by nobody.
    const refused = isIP(host) === 0 ? null : refusalOf(rules, host, host)
    if (refused !== null) return done(refused, null)
    connect(options, (...connected) => {
      const [error, socket] = connected
      if (error !== null || socket === null) return done(...connected)
      const { remoteAddress } = socket
      // That the other end has closed already says nothing of its address: the next connection may stand.
      const late =
        remoteAddress === undefined
          ? new Error(`${host} closed the connection at once`)
          : refusalOf(rules, host, remoteAddress)
      if (late === null) return done(null, socket)
      socket.destroy()
      done(late, null)
    })
  }
}

function guardedLookup(rules: AddressRules, resolve: Resolve): LookupFunction {
  return (host, { all, family }, done) => {
    const wanted = typeof family === 'number' ? { family } : {}
    resolve(host, { ...wanted, all: true }, (error, addresses) => {
      if (error !== null) return done(error, '', 0)
      for (const { address } of addresses) {
        const refused = refusalOf(rules, host, address)
        // One that is refused refuses the name: which of them is taken would be chance.
        if (refused !== null) return done(refused, '', 0)
      }
      const [first] = addresses
      if (first === undefined) return done(new Error(`${host} has no address`), '', 0)
      if (all === true) return done(null, addresses)
      done(null, first.address, first.family)
    })
  }
}

function refusalOf(rules: AddressRules, host: string, address: string): AddressRefusedError | null {
  const why = rules.refusalOf(host, address)
  return why === null ? null : new AddressRefusedError(host, address, why)
}
