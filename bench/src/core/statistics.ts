/** The middle value; NaN of nothing. */
export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5)
}

/** The value below which the share of the samples lies, by linear interpolation; NaN of nothing. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)] ?? NaN
  const above = sorted[Math.ceil(place)] ?? NaN
  return below + (above - below) * (place - Math.floor(place))
}
