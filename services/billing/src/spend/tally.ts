import { sql, type Kysely } from 'kysely'
import type { MonthSpent } from './budget.ts'

/** A cost as far as sums need it. */
export interface Counted {
  readonly costId: string
  /** Of the event: of two about one cost the later one counts. */
  readonly sequence: number
  readonly micros: number
  readonly currency: string
  readonly usedAt: string
}

/** What was spent so far, kept beside the log so that a month is summed up from its days and not from its costs. */
export interface SpendTally {
  /** Counts it, once, whatever is repeated and in whatever order. */
  count(cost: Counted): Promise<void>
  /** The sum of a month of UTC. */
  month(currency: string, month: string): Promise<MonthSpent>
  /** The same of every currency in which something was spent then. */
  months(month: string): Promise<readonly MonthSpent[]>
}

/** @param schema with the tables of `spendMigration` */
export function openSpendTally(db: Kysely<unknown>, schema: string): SpendTally {
  const costs = sql.table(`${schema}.spend_costs`)
  const days = sql.table(`${schema}.spend_days`)
  const sums = async (month: string): Promise<MonthSpent[]> => {
    const first = `${month}-01`
    const { rows } = await sql<{ currency: string; micros: string }>`
      select currency, sum(micros)::text as micros from ${days}
      where day >= ${first}::date and day < ${first}::date + interval '1 month'
      group by currency order by currency`.execute(db)
    return rows.map(({ currency, micros }) => ({ currency, month, micros: BigInt(micros) }))
  }
  return {
    async count({ costId, sequence, micros, currency, usedAt }) {
      const day = usedAt.slice(0, 10)
      await db.transaction().execute(async (transaction) => {
        // The row is there and locked from here on, so that of two who count one cost the second sees what the first did.
        await sql`insert into ${costs} (cost_id, sequence, micros) values (${costId}, 0, 0) on conflict do nothing`.execute(
          transaction
        )
        const { rows } = await sql<{ sequence: string; micros: string }>`
          select sequence, micros from ${costs} where cost_id = ${costId} for update`.execute(transaction)
        const [counted] = rows
        if (counted === undefined || Number(counted.sequence) >= sequence) return
        const change = BigInt(micros) - BigInt(counted.micros)
        await sql`update ${costs} set sequence = ${sequence}, micros = ${micros} where cost_id = ${costId}`.execute(
          transaction
        )
        await sql`
          insert into ${days} as d (currency, day, micros) values (${currency}, ${day}::date, ${change.toString()}::bigint)
          on conflict (currency, day) do update set micros = d.micros + excluded.micros`.execute(transaction)
      })
    },
    async month(currency, month) {
      const all = await sums(month)
      return all.find((spent) => spent.currency === currency) ?? { currency, month, micros: 0n }
    },
    months: (month) => sums(month)
  }
}
