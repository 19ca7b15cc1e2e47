import { Link } from '@tanstack/react-router'
import type { AnswerOf } from '../../api/client.ts'
import { counted, dayAfter, dayWords, percent } from '../../words/format.ts'
import { nameOf } from '../../words/names.ts'
import { kindWord, money } from '../../words/spend.ts'

type Answer = AnswerOf<'/v1/spend'>
type CurrencySpend = Answer['data'][number]
type Group = CurrencySpend['groups'][number]
export type GroupBy = Answer['groupBy']

export const GROUPS: readonly { readonly by: GroupBy; readonly word: string }[] = [
  { by: 'kind', word: 'Kind' },
  { by: 'lead', word: 'Lead' },
  { by: 'campaign', word: 'Campaign' },
  { by: 'model', word: 'Model' },
  { by: 'day', word: 'Day' }
]

/** What was spent in groups, the dearest first; each number leads to its rows. */
export function SpendGroups(props: { by: GroupBy; spend: CurrencySpend; from: string; to: string }) {
  const { by, spend, from, to } = props
  const most = Math.max(1, ...spend.groups.map(({ amountMicros }) => amountMicros))
  const groups = by === 'day' ? spend.groups.toReversed() : spend.groups
  return (
    <table className="panel block w-full text-left">
      <caption className="sr-only">Spent by {by}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">{by}</th>
          <th scope="col">Costs</th>
          <th scope="col">Spent</th>
        </tr>
      </thead>
      <tbody className="block divide-y divide-separator">
        {groups.map((group) => (
          <tr
            key={group.key ?? ''}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-4 py-2.5 sm:grid-cols-[minmax(0,1fr)_8rem_9rem]"
          >
            <th scope="row" className="min-w-0 font-medium">
              <GroupName by={by} group={group} />
              <span aria-hidden className="mt-1 block h-1.5 overflow-hidden rounded-full bg-surface-tertiary">
                <span
                  className="block h-full rounded-full bg-accent"
                  style={{ width: `${String(Math.max(0, group.amountMicros / most) * 100)}%` }}
                />
              </span>
            </th>
            <td className="text-xs text-muted max-sm:order-last max-sm:col-span-full sm:text-right">
              {counted(group.entries, 'cost')}
              {spend.amountMicros === 0 ? '' : `, ${percent(group.amountMicros / spend.amountMicros)}`}
            </td>
            <td className="text-right">
              <Link
                to="/spend/entries"
                search={{ from, to, currency: spend.currency, ...rowsOf(by, group.key) }}
                className="tnum font-medium text-link hover:underline"
              >
                {money(group.amountMicros, spend.currency)}
              </Link>
            </td>
          </tr>
        ))}
        <tr className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-4 py-2.5 font-semibold sm:grid-cols-[minmax(0,1fr)_8rem_9rem]">
          <th scope="row">
            {spend.rest === null ? 'Together' : `Together, with ${counted(spend.rest.groups, 'more')}`}
          </th>
          <td className="text-xs font-normal text-muted max-sm:order-last max-sm:col-span-full sm:text-right">
            {counted(spend.entries, 'cost')}
          </td>
          <td className="text-right">
            <Link
              to="/spend/entries"
              search={{ from, to, currency: spend.currency }}
              className="tnum text-link hover:underline"
            >
              {money(spend.amountMicros, spend.currency)}
            </Link>
          </td>
        </tr>
      </tbody>
    </table>
  )
}

function GroupName({ by, group: { key, label } }: { by: GroupBy; group: Group }) {
  if (by === 'lead' && key !== null) {
    return (
      <Link to="/leads/$id" params={{ id: key }} className="block truncate hover:underline">
        {label ?? key}
      </Link>
    )
  }
  return <span className="block truncate">{groupWord(by, key)}</span>
}

function groupWord(by: GroupBy, key: string | null): string {
  if (key === null) return by === 'lead' ? 'Nobody that is known as a lead' : 'No campaign'
  if (by === 'day') return dayWords(key)
  if (by === 'kind') return kindWord(key)
  if (by === 'model') return key === 'what-if' ? 'What-ifs' : key === 'twilio' ? nameOf(key) : key
  return key
}

/** The filter by which the rows behind a group are found. */
function rowsOf(by: GroupBy, key: string | null): Record<string, string> {
  if (by === 'day') return key === null ? {} : { from: key, to: dayAfter(key) }
  const name = by === 'lead' ? 'leadId' : by === 'campaign' ? 'campaignId' : by
  return { [name]: key ?? 'none' }
}
