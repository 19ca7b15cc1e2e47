import { spendBudgetFor, type CostKind } from '@leadlog/contracts'
import { digitsOf } from '@leadlog/invoicing'
import { sql, type RawBuilder } from 'kysely'
import type { ReadDatabase } from '../database/database.ts'
import { onPage, toPage, type Order, type Page, type PageRequest } from '../query/page.ts'
import type { CostRow } from './costs.projection.ts'
import type { CurrencySpend, SpendBudget, SpendEntry, SpendGroup, SpendGroupBy } from './spend.schema.ts'

/** More groups than this are told as one sum. */
const MOST_GROUPS = 200

/** What `leadId` and `campaignId` say for what has none. */
export const NONE = 'none'

export interface SpendFilter {
  readonly from: string
  readonly to: string
  readonly kind: CostKind | undefined
  readonly leadId: string | undefined
  readonly callId: string | undefined
  readonly messageId: string | undefined
  readonly campaignId: string | undefined
  readonly model: string | undefined
  readonly currency: string | undefined
}

/** A call or a message may have come to another lead since it was charged. */
const LEAD = sql<string | null>`case
  when c.call_id is not null then l.lead_id when c.message_id is not null then m.lead_id else c.lead_id end`
const MODEL = sql<string>`coalesce(c.model, c.provider)`

const KEY_OF: Readonly<Record<SpendGroupBy, RawBuilder<string | null>>> = {
  day: sql<string>`to_char(c.used_at at time zone 'UTC', 'YYYY-MM-DD')`,
  kind: sql.ref('c.kind'),
  lead: LEAD,
  campaign: sql.ref('c.campaign_id'),
  model: MODEL
}

function costsOf(db: ReadDatabase, filter: SpendFilter) {
  let query = db
    .selectFrom('gateway.costs as c')
    .leftJoin('gateway.calls as l', 'l.id', 'c.call_id')
    .leftJoin('gateway.sms_messages as m', 'm.id', 'c.message_id')
    .where('c.used_at', '>=', filter.from)
    .where('c.used_at', '<', filter.to)
  if (filter.kind !== undefined) query = query.where('c.kind', '=', filter.kind)
  if (filter.currency !== undefined) query = query.where('c.currency', '=', filter.currency)
  if (filter.callId !== undefined) query = query.where('c.call_id', '=', filter.callId)
  if (filter.messageId !== undefined) query = query.where('c.message_id', '=', filter.messageId)
  if (filter.model !== undefined) query = query.where(MODEL, '=', filter.model)
  if (filter.campaignId === NONE) query = query.where('c.campaign_id', 'is', null)
  else if (filter.campaignId !== undefined) query = query.where('c.campaign_id', '=', filter.campaignId)
  if (filter.leadId === NONE) query = query.where(sql<boolean>`${LEAD} is null`)
  else if (filter.leadId !== undefined) query = query.where(LEAD, '=', filter.leadId)
  return query
}

/** Sums of a time, in groups, by currency: the currency in which most is counted comes first. */
export async function sumSpend(
  db: ReadDatabase,
  filter: SpendFilter,
  groupBy: SpendGroupBy
): Promise<readonly CurrencySpend[]> {
  const key = KEY_OF[groupBy]
  const rows = await costsOf(db, filter)
    .select(['c.currency', 'c.kind', key.as('key')])
    .select(sql<string>`sum(c.micros)::text`.as('micros'))
    .select(sql<string>`count(*)::text`.as('entries'))
    .groupBy(['c.currency', 'c.kind', key])
    .execute()
  const currencies = Map.groupBy(rows, ({ currency }) => currency)
  const all = [...currencies].map(([currency, ofCurrency]): CurrencySpend => {
    const groups = [...Map.groupBy(ofCurrency, (row) => row.key)]
      .map(([of, parts]): SpendGroup => ({
        key: of,
        label: null,
        amountMicros: total(parts.map(({ micros }) => Number(micros))),
        entries: total(parts.map(({ entries }) => Number(entries))),
        byKind: Object.fromEntries(parts.map(({ kind, micros }) => [kind, Number(micros)]))
      }))
      .toSorted((a, b) =>
        groupBy === 'day'
          ? (a.key ?? '').localeCompare(b.key ?? '')
          : b.amountMicros - a.amountMicros || (a.key ?? '').localeCompare(b.key ?? '')
      )
    const shown = groupBy === 'day' ? groups : groups.slice(0, MOST_GROUPS)
    const rest = groups.slice(shown.length)
    return {
      currency,
      amountMicros: total(groups.map(({ amountMicros }) => amountMicros)),
      entries: total(groups.map(({ entries }) => entries)),
      groups: shown,
      rest:
        rest.length === 0
          ? null
          : {
              groups: rest.length,
              amountMicros: total(rest.map(({ amountMicros }) => amountMicros)),
              entries: total(rest.map(({ entries }) => entries))
            }
    }
  })
  const ordered = all.toSorted((a, b) => b.entries - a.entries || a.currency.localeCompare(b.currency))
  return groupBy === 'lead' ? withNames(db, ordered) : ordered
}

async function withNames(db: ReadDatabase, all: readonly CurrencySpend[]): Promise<CurrencySpend[]> {
  const ids = all.flatMap(({ groups }) => groups.flatMap(({ key }) => (key === null ? [] : [key])))
  const leads =
    ids.length === 0
      ? []
      : await db
          .selectFrom('gateway.leads')
          .select(['id', 'name', 'email'])
          .where('id', 'in', [...new Set(ids)])
          .execute()
  const names = new Map(leads.map(({ id, name, email }) => [id, name ?? email]))
  return all.map((one) => ({
    ...one,
    groups: one.groups.map((group) => ({ ...group, label: group.key === null ? null : (names.get(group.key) ?? null) }))
  }))
}

/** The costs behind a sum. */
export async function findSpendEntries(
  db: ReadDatabase,
  filter: SpendFilter,
  sort: '-usedAt' | 'usedAt',
  page: PageRequest
): Promise<Page<SpendEntry>> {
  const order: Order = { sort, column: sql.ref('c.used_at'), type: 'time', id: 'c.id' }
  const query = costsOf(db, filter).selectAll('c').select(LEAD.as('lead')).select('c.used_at as sort_value')
  const rows = await onPage(query, order, page).execute()
  return toPage(rows, order, page.limit, entryOf)
}

function entryOf(row: CostRow & { readonly lead: string | null }): SpendEntry {
  return {
    id: row.id,
    kind: row.kind,
    amountMicros: Number(row.micros),
    currency: row.currency,
    usedAt: row.used_at,
    provider: row.provider,
    model: row.model,
    quantity: row.quantity === null ? null : Number(row.quantity),
    unit: row.unit,
    leadId: row.lead,
    callId: row.call_id,
    messageId: row.message_id,
    meetingId: row.meeting_id,
    campaignId: row.campaign_id,
    corrected: row.corrected,
    causeId: row.cause_id,
    causeType: row.cause_type
  }
}

/** A month of UTC: where it begins and ends. */
export function monthOf(month: string): { readonly from: string; readonly to: string } {
  const from = new Date(`${month}-01T00:00:00.000Z`)
  return {
    from: from.toISOString(),
    to: new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1)).toISOString()
  }
}

/** The budgets of a month, also those of which nothing is used, and what is spent without one. */
export async function findSpendBudgets(db: ReadDatabase, month: string, now: Date): Promise<readonly SpendBudget[]> {
  const { from, to } = monthOf(month)
  const [rows, spent] = await Promise.all([
    db.selectFrom('gateway.spend_budgets').selectAll().orderBy('currency').execute(),
    db
      .selectFrom('gateway.costs as c')
      .where('c.used_at', '>=', from)
      .where('c.used_at', '<', to)
      .groupBy('c.currency')
      .select('c.currency')
      .select(sql<string>`sum(c.micros)::text`.as('micros'))
      .execute()
  ])
  const used = new Map(spent.map(({ currency, micros }) => [currency, Number(micros)]))
  const currencies = [...new Set([...rows.map(({ currency }) => currency), ...used.keys()])].toSorted()
  return currencies.flatMap((currency): SpendBudget[] => {
    const row = rows.find((one) => one.currency === currency)
    const sets = { ofMonth: row?.of_month ?? {}, from: row?.from_month ?? {} }
    const budget = spendBudgetFor(sets, month)
    const usedMicros = used.get(currency) ?? 0
    if (budget === null && usedMicros === 0) return []
    const budgetMicros = budget === null ? null : budget * 10 ** (6 - digitsOf(currency))
    return [
      {
        currency,
        usedMicros,
        budget,
        budgetMicros,
        leftMicros: budgetMicros === null ? null : budgetMicros - usedMicros,
        forecastMicros: forecastOf(usedMicros, Date.parse(from), Date.parse(to), now.getTime()),
        thisMonthOnly: (sets.ofMonth[month] ?? null) !== null,
        reached: (row?.reached ?? [])
          .filter((one) => one.month === month)
          .map(({ threshold, budget: of, usedMicros: then, at }) => ({ threshold, budget: of, usedMicros: then, at }))
      }
    ]
  })
}

const A_DAY_MS = 86_400_000

/** What a month comes to at the pace so far. The first day says too little of the pace: it counts as a whole one. Pure. */
export function forecastOf(usedMicros: number, from: number, to: number, now: number): number {
  if (now < from || now >= to) return usedMicros
  return Math.round((usedMicros * (to - from)) / Math.max(now - from, A_DAY_MS))
}

function total(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0)
}
