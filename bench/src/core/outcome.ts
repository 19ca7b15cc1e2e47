/** What one comparison found out. */
export interface Outcome {
  readonly name: string
  readonly title: string
  /** How it was measured, in words and numbers that somebody needs to repeat it. */
  readonly settings: Readonly<Record<string, string>>
  readonly figures: readonly Figure[]
  readonly ratios: readonly Ratio[]
  readonly checks: readonly Check[]
}

/** One measured quantity; a sample is what one round gave. */
export interface Figure {
  readonly name: string
  readonly unit: Unit
  readonly samples: readonly number[]
  /** The most that any sample may reach; undefined where there is no aim. */
  readonly atMost?: number
}

export type Unit = 'webhooks/s' | 'events/s' | 'µs' | 'ms' | 's' | 'MiB' | '%' | 'reads/s'

/** One quantity over another, taken round by round, so that what slowed a whole round down cancels out. */
export interface Ratio {
  readonly name: string
  readonly samples: readonly number[]
  /** The least that the median must reach; undefined where the ratio is for information. */
  readonly aim?: number
  /** The most that the median may reach. */
  readonly atMost?: number
}

/** A fact without which the figures would mean nothing; one that does not hold makes the command fail. */
export interface Check {
  readonly name: string
  readonly ok: boolean
  readonly detail: string
}

/** The figure over the other, round by round. */
export function ratio(name: string, over: Figure, under: Figure, aim?: number): Ratio {
  const samples = over.samples.flatMap((sample, round) => {
    const other = under.samples[round]
    return other === undefined || other === 0 ? [] : [sample / other]
  })
  return { name, samples, ...(aim === undefined ? {} : { aim }) }
}
