import type { EventFacts } from './event-facts.ts'

/** An event of a trace. */
export interface TraceEvent {
  readonly id: string
  readonly type: string
  readonly service: string
  readonly subject: string
  readonly stream: string
  readonly sequence: number
  readonly time: string
  readonly summary: string
  readonly facts: EventFacts
  readonly causationId: string
}

/** A cause that the causation id does not tell: a write that another write's call settled. */
export interface ExtraCause {
  readonly causeId: string
  readonly effectId: string
}

/** How an event stands to the one that was asked about. */
export type TraceRelation = 'cause' | 'self' | 'effect' | 'other'

/** A place in the tree. An event with several causes has one under each; only the first has its effects below it. */
export interface TraceNode extends TraceEvent {
  readonly parentId: string | null
  readonly depth: number
  readonly relation: TraceRelation
  readonly msSinceParent: number | null
  readonly msSinceStart: number
  readonly repeated: boolean
}

/** The tree of causes and effects in reading order: each event, then what it led to, oldest first. Pure. */
export function traceTree(events: readonly TraceEvent[], extra: readonly ExtraCause[], focusId: string): TraceNode[] {
  const byId = new Map(events.map((event) => [event.id, event]))
  const causes = causesOf(events, extra, byId)
  const effects = reversed(causes)
  const upward = reachable(focusId, causes)
  const downward = reachable(focusId, effects)
  const relationOf = (id: string): TraceRelation =>
    id === focusId ? 'self' : upward.has(id) ? 'cause' : downward.has(id) ? 'effect' : 'other'
  const inOrder = (ids: Iterable<string>): TraceEvent[] =>
    [...ids]
      .map((id) => byId.get(id))
      .filter((event) => event !== undefined)
      .sort(byTime)

  const roots = inOrder(events.filter(({ id }) => (causes.get(id)?.size ?? 0) === 0).map(({ id }) => id))
  const start = Math.min(...events.map(({ time }) => Date.parse(time)))
  const nodes: TraceNode[] = []
  const placed = new Set<string>()
  const place = (event: TraceEvent, parent: TraceEvent | null, depth: number): void => {
    const at = Date.parse(event.time)
    const repeated = placed.has(event.id)
    placed.add(event.id)
    nodes.push({
      ...event,
      parentId: parent?.id ?? null,
      depth,
      relation: relationOf(event.id),
      msSinceParent: parent === null ? null : at - Date.parse(parent.time),
      msSinceStart: at - start,
      repeated
    })
    if (repeated) return
    for (const effect of inOrder(effects.get(event.id) ?? [])) place(effect, event, depth + 1)
  }
  for (const root of roots) place(root, null, 0)
  // Only where causes form a ring is anything left.
  for (const event of events.toSorted(byTime)) if (!placed.has(event.id)) place(event, null, 0)
  return nodes
}

type Links = ReadonlyMap<string, ReadonlySet<string>>

function causesOf(
  events: readonly TraceEvent[],
  extra: readonly ExtraCause[],
  byId: ReadonlyMap<string, TraceEvent>
): Links {
  const causes = new Map<string, Set<string>>(events.map(({ id }) => [id, new Set<string>()]))
  const link = (effectId: string, causeId: string): void => {
    if (effectId !== causeId && byId.has(causeId)) causes.get(effectId)?.add(causeId)
  }
  for (const { id, causationId } of events) link(id, causationId)
  for (const { effectId, causeId } of extra) link(effectId, causeId)
  return causes
}

function reversed(links: Links): Links {
  const result = new Map<string, Set<string>>()
  for (const [from, targets] of links) {
    for (const target of targets) result.set(target, (result.get(target) ?? new Set()).add(from))
  }
  return result
}

function reachable(from: string, links: Links): ReadonlySet<string> {
  const found = new Set<string>()
  const waiting = [from]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    for (const next of links.get(id) ?? []) {
      if (found.has(next)) continue
      found.add(next)
      waiting.push(next)
    }
  }
  return found
}

function byTime(a: TraceEvent, b: TraceEvent): number {
  return Date.parse(a.time) - Date.parse(b.time) || a.sequence - b.sequence || a.id.localeCompare(b.id)
}
