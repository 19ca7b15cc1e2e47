/** One aggregate: its kind and its id. Its history is the messages of one subject. */
export interface AggregateRef {
  readonly context: string
  readonly aggregate: string
  readonly id: string
}

const TOKEN = /^[A-Za-z0-9_-]+$/

/**
 * `<context>.<aggregate>.<id>`: the CloudEvents subject of the aggregate's events; the stream's subject is the same
 * behind `evt.`.
 *
 * @throws TypeError when a part has a character that a subject token must not have
 */
export function aggregateSubject(ref: AggregateRef): string {
  for (const token of [ref.context, ref.aggregate, ref.id]) {
    if (!TOKEN.test(token))
      throw new TypeError(`"${token}" cannot be part of a subject: use letters, digits, - and _ only`)
  }
  return `${ref.context}.${ref.aggregate}.${ref.id}`
}

/** The reverse of {@link aggregateSubject}. */
export function parseAggregateSubject(subject: string): AggregateRef {
  const [context, aggregate, id, ...rest] = subject.split('.')
  if (!context || !aggregate || !id || rest.length > 0)
    throw new TypeError(`"${subject}" is not <context>.<aggregate>.<id>`)
  return { context, aggregate, id }
}
