/** Millionths of a US dollar for a minute of sound: list prices of October 2026. The longest matching beginning wins. */
const LIST_PRICES: Readonly<Record<string, number>> = {
  'whisper-1': 6_000,
  'gpt-4o-transcribe': 6_000,
  'gpt-4o-mini-transcribe': 3_000
}

/** For a model without a price: in the upper range, so that an unknown cost is noticed instead of overlooked. */
const DEFAULT_PRICE = 10_000

/** The cost in millionths of a US dollar, rounded up. */
export function audioCostMicroUsd(model: string, seconds: number): number {
  const match = Object.keys(LIST_PRICES)
    .filter((known) => model.toLowerCase().startsWith(known))
    .sort((a, b) => b.length - a.length)[0]
  const perMinute = (match === undefined ? undefined : LIST_PRICES[match]) ?? DEFAULT_PRICE
  return Math.ceil((seconds * perMinute) / 60)
}
