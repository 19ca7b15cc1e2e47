/**
 * A measurement as it is declared: the one place of its name, its meaning and what its labels may say. `docs/metrics.md`
 * is made from these, and nothing else can be measured.
 */
export interface MetricDefinition<Label extends string = string> {
  readonly kind: 'counter' | 'gauge' | 'histogram'
  /** `leadlog_…`, with the unit at its end; counters end with `_total`. */
  readonly name: string
  readonly help: string
  /** Each label with its values, or where they come from: always a set that the code bounds, never ids or texts. */
  readonly labels: Readonly<Record<Label, string>>
}

/** What only goes up. */
export function counter<const Label extends string = never>(
  name: `leadlog_${string}_total`,
  help: string,
  labels: Readonly<Record<Label, string>>
): MetricDefinition<Label> & { readonly kind: 'counter' } {
  return { kind: 'counter', name, help, labels }
}

/** What goes up and down. */
export function gauge<const Label extends string = never>(
  name: `leadlog_${string}`,
  help: string,
  labels: Readonly<Record<Label, string>>
): MetricDefinition<Label> & { readonly kind: 'gauge' } {
  return { kind: 'gauge', name, help, labels }
}

/** Durations, in seconds. Its `_count` is the number of them. */
export function duration<const Label extends string = never>(
  name: `leadlog_${string}_seconds`,
  help: string,
  labels: Readonly<Record<Label, string>>
): MetricDefinition<Label> & { readonly kind: 'histogram' } {
  return { kind: 'histogram', name, help, labels }
}
