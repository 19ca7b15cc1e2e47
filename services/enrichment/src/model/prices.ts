/** US dollars per million tokens, which is the same as millionths of a dollar per token. */
export interface TokenPrice {
  readonly input: number
  readonly output: number
}

export type PriceTable = Readonly<Record<string, TokenPrice>>

/** List prices of October 2026, without batch, cache or long-prompt rates. The longest matching beginning wins. */
export const LIST_PRICES: PriceTable = {
  'gemini-3.8-flash': { input: 0.75, output: 3.75 },
  'gemini-3.5-flash-lite': { input: 0.3, output: 2.5 },
  'gemini-3.5-flash': { input: 1.5, output: 9 },
  'gemini-3.1-pro': { input: 2, output: 12 },
  'gemini-3-flash': { input: 0.5, output: 3 },
  'gemini-3-pro': { input: 2, output: 12 },
  'gemini-2.5-pro': { input: 1.25, output: 10 },
  'gemini-2.5-flash-lite': { input: 0.1, output: 0.4 },
  'gemini-2.5-flash': { input: 0.3, output: 2.5 },
  'gpt-5-mini': { input: 0.25, output: 2 },
  'gpt-5-nano': { input: 0.05, output: 0.4 },
  'gpt-5': { input: 1.25, output: 10 },
  'gpt-4.1-mini': { input: 0.4, output: 1.6 },
  'gpt-4.1-nano': { input: 0.1, output: 0.4 },
  'gpt-4.1': { input: 2, output: 8 },
  'gpt-4o-mini': { input: 0.15, output: 0.6 },
  'gpt-4o': { input: 2.5, output: 10 }
}

/** For a model without a price: in the upper range, so that an unknown cost is noticed instead of overlooked. */
export const DEFAULT_PRICE: TokenPrice = { input: 2, output: 10 }

/** The cost in millionths of a US dollar, rounded up. */
export function costMicroUsd(
  model: string,
  tokens: { readonly input: number; readonly output: number },
  prices: PriceTable = LIST_PRICES
): number {
  const price = priceOf(model, prices)
  return Math.ceil(tokens.input * price.input + tokens.output * price.output)
}

function priceOf(model: string, prices: PriceTable): TokenPrice {
  const name = model.toLowerCase().replace(/^.*\//, '')
  const match = Object.keys(prices)
    .filter((known) => name.startsWith(known))
    .sort((a, b) => b.length - a.length)[0]
  return (match === undefined ? undefined : prices[match]) ?? DEFAULT_PRICE
}
