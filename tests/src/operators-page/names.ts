/** A customer of the sample day with a booking that was read and written. */
const PERSON = 'hannah@harbor-finch.example'

type Ask = (...args: string[]) => Promise<unknown>

interface Row {
  readonly id: string
  readonly type: string
  readonly subject: string
  readonly sequence: number
  readonly facts: Readonly<Record<string, unknown>>
}

/** What one system has and another has not, by the names that the page's commands use. */
export function namesOf(ask: Ask, given: Readonly<Record<string, string>>) {
  const events = async (...args: string[]) =>
    ((await ask('events', 'find', PERSON, '-n', '100', ...args)) as { events: readonly Row[] }).events
  const ofType = async (type: string): Promise<Row> => {
    const row = (await events('--type', type)).at(0)
    if (!row) throw new Error(`${PERSON} has no ${type}`)
    return row
  }
  const groupOf = async (handler: string): Promise<string> => {
    const { data } = (await ask('dead-letters', 'list')) as { data: { fingerprint: string; handler: string }[] }
    return required(data.find((group) => group.handler === handler)?.fingerprint, `a dead letter of ${handler}`)
  }
  const finders: Readonly<Record<string, () => Promise<string>>> = {
    person: async () => PERSON,
    crmRecord: async () => String((await ofType('RecordWritten')).facts['crmId']),
    lead: async () => required((await ofType('LeadCaptured')).subject.split('.').at(-1), 'a lead'),
    webhook: async () => {
      const { nodes } = (await ask('trace', PERSON)) as { nodes: readonly Row[] }
      return required(nodes.find(({ type }) => type === 'ingest.WebhookReceived.v1')?.id, 'a webhook')
    },
    event: async () => (await ofType('LeadEnriched')).id,
    queued: async () => String((await ofType('WriteQueued')).sequence),
    otherQueued: async () => {
      const { events: all } = (await ask('events', 'find', '--type', 'WriteQueued', '-n', '1')) as {
        events: readonly Row[]
      }
      return String(required(all[0]?.sequence.toString(), 'a queued write'))
    },
    notesGroup: () => groupOf('write-notes'),
    recordsGroup: () => groupOf('write-records'),
    letter: async () => {
      const { data } = (await ask('dead-letters', 'list', '--all', '--handler', 'translate-calendly')) as {
        data: { id: string }[]
      }
      return required(data[0]?.id, 'a dead letter')
    },
    parkedRow: async () => {
      const { parked } = (await ask('projections', 'parked', 'list')) as { parked: { key: string }[] }
      return required(parked[0]?.key, 'a row that stands still')
    },
    whatIf: async () => {
      const { data } = (await ask('whatif', 'list')) as { data: { id: string }[] }
      return required(data[0]?.id.slice(0, 8), 'a what-if')
    }
  }
  const known = new Map(Object.entries(given))
  return {
    /** The command with every name replaced; each is looked up when it is first used, and stays. */
    async resolve(line: string): Promise<string> {
      let resolved = line
      for (const [placeholder, name = ''] of line.matchAll(/\{(\w+)\}/g)) {
        const value = known.get(name) ?? (await finders[name]?.())
        known.set(name, required(value, `anything by the name ${name}`))
        resolved = resolved.replaceAll(placeholder, value ?? '')
      }
      return resolved
    }
  }
}

function required(value: string | undefined, what: string): string {
  if (value === undefined) throw new Error(`The system does not have ${what}`)
  return value
}
