import { isCurrency, reckon } from '@leadlog/invoicing'
import { amountText, decimalText, readAmount, readDecimal } from '../words/money.ts'

/** A discount as it is typed; nothing where `value` is empty. */
export interface DiscountForm {
  readonly kind: 'percent' | 'amount'
  readonly value: string
}

/** A line as it is typed. */
export interface LineForm {
  /** Stays with the line while others come and go. */
  readonly key: string
  /** Of the catalogue; null for a free line. */
  readonly itemId: string | null
  readonly text: string
  readonly quantity: string
  readonly price: string
  readonly taxRate: string
  readonly discount: DiscountForm
}

/** A draft as it is typed. */
export interface DraftForm {
  readonly leadId: string | null
  readonly name: string
  readonly email: string
  readonly company: string
  readonly address: string
  readonly taxId: string
  readonly currency: string
  readonly lines: readonly LineForm[]
  readonly discount: DiscountForm
  readonly dueDays: string
}

/** Where something is wrong: `email`, `lines.1.price`. */
export type Problems = ReadonlyMap<string, string>

type Reckoned = Exclude<ReturnType<typeof reckon>, { readonly refused: true }>

/** What a form says. */
export interface ReadForm {
  readonly problems: Problems
  /** What the invoice comes to; null while a line cannot be read, or more is taken off than there is. */
  readonly reckoned: Reckoned | null
  /** What is sent; null while anything is wrong. */
  readonly body: object | null
}

export const noDiscount: DiscountForm = { kind: 'percent', value: '' }

export function emptyLine(key: string): LineForm {
  return { key, itemId: null, text: '', quantity: '1', price: '', taxRate: '', discount: noDiscount }
}

export function emptyDraft(currency: string): DraftForm {
  return {
    leadId: null,
    name: '',
    email: '',
    company: '',
    address: '',
    taxId: '',
    currency,
    lines: [],
    discount: noDiscount,
    dueDays: '14'
  }
}

/** A discount as the gateway answers it. */
type KnownDiscount = { kind: 'percent'; percent: string } | { kind: 'amount'; amount: number }

interface KnownDraft {
  readonly leadId: string | null
  readonly customer: { name: string; email: string; company?: string; address?: string; taxId?: string } | null
  readonly currency: string
  readonly lines: readonly {
    readonly text: string
    readonly itemId: string | null
    readonly quantity: string
    readonly unitPrice: number
    readonly taxRate: string
    readonly discount: KnownDiscount | null
  }[]
  readonly discount: KnownDiscount | null
  readonly dueDays: number
}

/** A draft that was saved, for typing on. */
export function formOf(draft: KnownDraft, locale?: string): DraftForm {
  const { customer, currency } = draft
  return {
    leadId: draft.leadId,
    name: customer?.name ?? '',
    email: customer?.email ?? '',
    company: customer?.company ?? '',
    address: customer?.address ?? '',
    taxId: customer?.taxId ?? '',
    currency,
    lines: draft.lines.map((line, index) => ({
      key: `saved-${index}`,
      itemId: line.itemId,
      text: line.text,
      quantity: decimalText(line.quantity, locale),
      price: amountText(line.unitPrice, currency, locale),
      taxRate: decimalText(line.taxRate, locale),
      discount: discountForm(line.discount, currency, locale)
    })),
    discount: discountForm(draft.discount, currency, locale),
    dueDays: String(draft.dueDays)
  }
}

/** Reads a form, reckons it as billing does, and says what is wrong where. */
export function readForm(form: DraftForm, locale?: string): ReadForm {
  const problems = new Map<string, string>()
  const wrong = (place: string, says: string): null => {
    problems.set(place, says)
    return null
  }
  if (form.name.trim() === '') wrong('name', 'Who is it for?')
  if (!/^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/.test(form.email.trim())) wrong('email', 'An address to send it to')
  if (form.lines.length === 0) wrong('lines', 'Add a line')
  const dueDays = /^\d{1,3}$/.test(form.dueDays.trim()) ? Number(form.dueDays) : 400
  if (dueDays > 365) wrong('dueDays', 'Whole days, 365 at most')
  if (!isCurrency(form.currency)) {
    wrong('currency', 'A currency such as USD')
    return { problems, reckoned: null, body: null }
  }
  const discountOf = (given: DiscountForm, place: string): KnownDiscount | null | undefined => {
    if (given.value.trim() === '') return null
    if (given.kind === 'amount') {
      const amount = readAmount(given.value, form.currency, locale)
      return amount === null ? (wrong(place, amountHint(form.currency)) ?? undefined) : { kind: 'amount', amount }
    }
    const percent = readPercent(given.value, locale)
    return percent === null ? (wrong(place, PERCENT_HINT) ?? undefined) : { kind: 'percent', percent }
  }
  const before = problems.size
  const lines = form.lines.map((line, index) => {
    const place = `lines.${index}`
    const quantity = readDecimal(line.quantity, 3, locale)
    const price = readAmount(line.price, form.currency, locale)
    const taxRate = readPercent(line.taxRate, locale)
    return {
      text: line.text.trim() === '' ? (wrong(`${place}.text`, 'What is it for?') ?? '') : line.text.trim(),
      basis: {
        itemId: line.itemId,
        itemVersion: null,
        quantity:
          quantity === null || Number(quantity) > 999_999
            ? (wrong(`${place}.quantity`, 'A number, with 3 decimals at most') ?? '0')
            : quantity,
        unitPrice: price ?? wrong(`${place}.price`, amountHint(form.currency)) ?? 0,
        taxRate: taxRate ?? wrong(`${place}.taxRate`, PERCENT_HINT) ?? '0',
        discount: discountOf(line.discount, `${place}.discount`) ?? null
      }
    }
  })
  const discount = discountOf(form.discount, 'discount') ?? null
  const unread = [...problems.keys()].filter((place) => /^(lines\.\d+\.(?!text)|discount$)/.test(place))
  if (form.lines.length === 0 || unread.length > 0) return { problems, reckoned: null, body: null }
  const reckoned = reckon(
    lines.map(({ basis }) => basis),
    discount
  )
  if ('refused' in reckoned) {
    wrong('lines', reckoned.message)
    return { problems, reckoned: null, body: null }
  }
  if (problems.size > before || before > 0) return { problems, reckoned, body: null }
  const optional = { company: form.company, address: form.address, taxId: form.taxId }
  const filled = Object.entries(optional)
    .map(([name, text]) => [name, text.trim()] as const)
    .filter(([, text]) => text !== '')
  const body = {
    ...(form.leadId === null ? {} : { leadId: form.leadId }),
    customer: { name: form.name.trim(), email: form.email.trim(), ...Object.fromEntries(filled) },
    currency: form.currency,
    lines: lines.map(({ text, basis: { itemId, quantity, unitPrice, taxRate, discount: off } }) => ({
      ...(itemId === null ? {} : { itemId }),
      description: text,
      quantity,
      unitPrice,
      taxRate,
      ...(off === null ? {} : { discount: off })
    })),
    ...(discount === null ? {} : { discount }),
    dueDays
  }
  return { problems, reckoned, body }
}

/** Amounts as they were typed for one currency, for another: what has too many decimals is left to the person. */
export function withCurrency(form: DraftForm, currency: string): DraftForm {
  // A service of the catalogue has its price in one currency.
  return { ...form, currency, lines: form.lines.map((line) => ({ ...line, itemId: null })) }
}

const PERCENT_HINT = 'Per cent, 100 at most, with 4 decimals at most'

function amountHint(currency: string): string {
  return `An amount such as ${amountText(1_250, currency)}`
}

function readPercent(text: string, locale: string | undefined): string | null {
  const percent = readDecimal(text, 4, locale)
  return percent === null || Number(percent) > 100 ? null : percent
}

function discountForm(discount: KnownDiscount | null, currency: string, locale: string | undefined): DiscountForm {
  if (discount === null) return noDiscount
  return discount.kind === 'percent'
    ? { kind: 'percent', value: decimalText(discount.percent, locale) }
    : { kind: 'amount', value: amountText(discount.amount, currency, locale) }
}
