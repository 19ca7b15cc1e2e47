/**
 * Turns the logical names of the code (`EVENTS`, `evt.crm.lead.1`, `KEYS`) into those on the server and back. A prefix
 * lets several systems, or several tests, share one server without seeing each other.
 */
export interface Naming {
  /** Empty in production. */
  readonly prefix: string
  /** `EVENTS` → `t3f9_EVENTS`. */
  stream(logical: string): string
  /** `t3f9_EVENTS` → `EVENTS`. */
  logicalStream(name: string): string
  /** `evt.crm.lead.1` → `t3f9.evt.crm.lead.1`. */
  subject(logical: string): string
  /** `t3f9.evt.crm.lead.1` → `evt.crm.lead.1`. */
  logicalSubject(subject: string): string
  /** Key-value and object store buckets: `KEYS` → `t3f9_KEYS`. */
  bucket(logical: string): string
  /** Durable consumers: `<service>-<handler>`. */
  durable(service: string, handler: string): string
}

const PREFIX_FORM = /^[A-Za-z0-9-]*$/
const NAME_FORM = /^[a-z0-9][a-z0-9-]*$/

/** @throws TypeError when the prefix has other characters than letters, digits and dashes */
export function createNaming(prefix = ''): Naming {
  if (!PREFIX_FORM.test(prefix)) throw new TypeError(`Prefix "${prefix}" must be letters, digits and dashes only`)
  const under = prefix === '' ? '' : `${prefix}_`
  const dotted = prefix === '' ? '' : `${prefix}.`
  const without = (start: string, name: string): string => (name.startsWith(start) ? name.slice(start.length) : name)
  return {
    prefix,
    stream: (logical) => under + logical,
    logicalStream: (name) => without(under, name),
    subject: (logical) => dotted + logical,
    logicalSubject: (subject) => without(dotted, subject),
    bucket: (logical) => under + logical,
    durable(service, handler) {
      for (const name of [service, handler]) {
        if (!NAME_FORM.test(name))
          throw new TypeError(`"${name}" cannot name a handler: use lower-case letters, digits and dashes`)
      }
      return `${under}${service}-${handler}`
    }
  }
}
