import { streamOf, subjectFilterOf, type EventDefinition } from '@leadlog/contracts'

/** What a projection takes from one stream. */
export interface Subscription {
  /** Logical stream name, for example `EVENTS`. */
  readonly stream: string
  /** Subject filters that cover the types; null takes the whole stream. */
  readonly subjects: readonly string[] | null
  readonly types: ReadonlySet<string>
}

/** Groups the definitions by stream, in order of first mention. */
export function subscriptionsOf(
  definitions: readonly EventDefinition[],
  overrides: Readonly<Record<string, string | undefined>> = {}
): readonly Subscription[] {
  const byStream = new Map<string, EventDefinition[]>()
  for (const definition of definitions) {
    const stream = overrides[definition.type] ?? streamOf(definition)
    byStream.set(stream, [...(byStream.get(stream) ?? []), definition])
  }
  return [...byStream].map(([stream, members]) => {
    const subjects = members.map((definition) => subjectFilterOf(definition, stream))
    return {
      stream,
      subjects: subjects.some((subject) => subject === null)
        ? null
        : [...new Set(subjects.filter((subject) => subject !== null))],
      types: new Set(members.map((definition) => definition.type))
    }
  })
}

/** The filters that cover all of the subscriptions; none when one of them takes the whole stream. */
export function unionOfSubjects(subscriptions: readonly Subscription[]): readonly string[] | null {
  if (subscriptions.some((subscription) => subscription.subjects === null)) return null
  return [...new Set(subscriptions.flatMap((subscription) => subscription.subjects ?? []))]
}
