/** One query of a panel, in PromQL, with the words for its lines. */
export interface Query {
  readonly expr: string
  readonly legend: string
}

export interface Panel {
  readonly title: string
  /** What it tells, and what to do about it. */
  readonly description?: string
  readonly kind: 'timeseries' | 'stat' | 'bargauge' | 'table'
  /** Grafana's name of the unit, for example `s`, `reqps`, `percentunit`. */
  readonly unit: string
  readonly queries: readonly Query[]
  /** From this value on it is coloured as something to look at; and as bad from the second. */
  readonly thresholds?: readonly [warn: number, bad: number]
  /** Of 24 columns. Default 8. */
  readonly width?: number
}

export interface Row {
  readonly title: string
  readonly panels: readonly Panel[]
}

/** A page of Grafana. */
export interface Dashboard {
  /** Names its file and address. */
  readonly uid: string
  readonly title: string
  readonly description: string
  readonly rows: readonly Row[]
}

/** A panel of lines over time. */
export function lines(title: string, unit: string, ...queries: readonly [expr: string, legend: string][]): Panel {
  return { title, unit, kind: 'timeseries', queries: queries.map(([expr, legend]) => ({ expr, legend })) }
}

/** A panel of one number that is good at zero. */
export function count(title: string, expr: string, description: string): Panel {
  return {
    title,
    description,
    unit: 'short',
    kind: 'stat',
    queries: [{ expr: `${expr} or vector(0)`, legend: '' }],
    thresholds: [1, 10],
    width: 4
  }
}

/** A panel of one number. */
export function number(title: string, unit: string, expr: string): Panel {
  return { title, unit, kind: 'stat', queries: [{ expr, legend: '' }], width: 4 }
}

/** The quantile of a duration, by labels. */
export function quantile(q: number, metric: string, by: string, filter = ''): string {
  return `histogram_quantile(${q}, sum by (le, ${by}) (rate(${metric}_bucket${filter}[$__rate_interval])))`
}
