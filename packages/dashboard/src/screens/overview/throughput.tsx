import { Bar, BarChart, CartesianGrid, Legend, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { AnswerOf } from '../../api/client.ts'
import { counted, timeOfDay } from '../../words/format.ts'

type Hours = AnswerOf<'/v1/overview'>['day']['hours']

const SERIES = [
  { key: 'done', word: 'Done', color: 'var(--chart-2)' },
  { key: 'underWay', word: 'In progress', color: 'var(--chart-1)' },
  { key: 'failed', word: 'Failed', color: 'var(--chart-3)' }
] as const

/** Webhooks by the hour in which they came, each by what became of it. */
export default function Throughput({ hours }: { hours: Hours }) {
  const data = hours.map(({ hour, received, done, failed }) => ({
    hour: timeOfDay(hour),
    done,
    failed,
    underWay: received - done - failed
  }))
  const total = hours.reduce((sum, { received }) => sum + received, 0)
  return (
    <figure>
      <div aria-hidden className="h-52">
        <ResponsiveContainer>
          <BarChart
            data={data}
            margin={{ top: 4, right: 0, bottom: 0, left: -24 }}
            accessibilityLayer={false}
            barCategoryGap={2}
          >
            <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
            <XAxis
              dataKey="hour"
              tickLine={false}
              axisLine={false}
              minTickGap={24}
              tick={{ fill: 'var(--muted)', fontSize: 12 }}
            />
            <YAxis
              allowDecimals={false}
              tickLine={false}
              axisLine={false}
              tick={{ fill: 'var(--muted)', fontSize: 12 }}
            />
            <Tooltip
              cursor={{ fill: 'var(--surface-tertiary)' }}
              contentStyle={{ background: 'var(--overlay)', border: '1px solid var(--border)', borderRadius: 8 }}
              labelStyle={{ color: 'var(--muted)' }}
            />
            <Legend
              iconType="square"
              iconSize={9}
              formatter={(word: string) => <span className="text-xs text-foreground">{word}</span>}
            />
            {SERIES.map(({ key, word, color }) => (
              <Bar key={key} dataKey={key} name={word} stackId="all" fill={color} isAnimationActive={false} />
            ))}
          </BarChart>
        </ResponsiveContainer>
      </div>
      <figcaption className="sr-only">
        {counted(total, 'webhook')} in 24 hours. The ledger has the same by day and source.
      </figcaption>
    </figure>
  )
}
