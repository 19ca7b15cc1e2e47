const CURRENCY =
  'USD|EUR|GBP|CHF|CAD|AUD|NZD|SGD|HKD|INR|JPY|CNY|BRL|MXN|ZAR|NGN|KES|EGP|AED|SAR|CZK|PLN|SEK|NOK|DKK|HUF|TRY|ILS'
const SYMBOL = '(?:[A-Z]{1,2})?[$€£¥₹₦₺₪]'
const NUMBER = "\\d[\\d.,' ]*\\d|\\d"
const SCALE = '(?:\\s?(?:k|thousand|m|mn|mio|million|lakhs?|crores?)\\b)?'
const UNIT =
  '(?:dollars?|euros?|pounds?|francs?|bucks|rupees|yen|reais|naira|dirhams?|crowns?|pesos?|zloty|kron(?:er|or)|grand)'
const BEFORE = `(?:(?:${CURRENCY})\\s?|${SYMBOL}\\s?)(?:${NUMBER})${SCALE}`
const AFTER = `(?:${NUMBER})${SCALE}\\s?(?:(?:${CURRENCY})\\b|[$€£¥₹]|${UNIT}\\b)`
const SHORT = '\\d[\\d.,]*\\s?k\\b'
const AMOUNT = `(?:${BEFORE}|${AFTER}|${SHORT})`
const RANGE_START = `(?:${NUMBER})${SCALE}\\s?(?:-|–|to|and)\\s?`
const PERIOD =
  '(?:\\s?(?:/|per|an?|each|every)\\s?(?:month|mo|year|yr|quarter|week|user|seat|head|annum)|\\s(?:annually|monthly|yearly))?'

const MONEY = new RegExp(`(?:${AMOUNT}\\s?(?:-|–|to|and)\\s?|${RANGE_START})?${AMOUNT}${PERIOD}`, 'gi')

/** Amounts of money in a text, ranges and periods included: `$20k to $30k a year`. */
export function amountsOfMoney(text: string): string[] {
  return [...text.matchAll(MONEY)].map(([amount]) => amount.trim())
}

/** Words that make an amount the budget of the purchase. */
export const BUDGET_CUE =
  /\b(?:budget\w*|set aside|earmark\w*|allocat\w*|afford|spend up to|willing to (?:pay|spend)|looking to spend|can spend|price range)\b/i

/** Words that make an amount something else: turnover, funding, damage. */
export const OTHER_MONEY_CUE =
  /\b(?:revenue|turnover|arr|mrr|raised|funding|series [a-e]|valuation|gmv|worth|sales|orders?|los[est]\w*|cost(?:s|ing)? us|sav(?:e|es|ing)|wast\w+|sell|profit|fines?)\b/i
