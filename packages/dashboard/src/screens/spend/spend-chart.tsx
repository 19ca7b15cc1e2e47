import { Bar, BarChart, CartesianGrid, Legend, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { AnswerOf } from '../../api/client.ts'
import { dayWords } from '../../words/format.ts'
import { COST_KINDS, daysOf, money, monthWords } from '../../words/spend.ts'

type Groups = AnswerOf<'/v1/spend'>['data'][number]['groups']

/** What was spent on each day of a month, by kind. The table beside it has the same in figures. */
export default function SpendChart(props: { month: string; currency: string; days: Groups }) {
  const { month, currency, days } = props
  const found = new Map(days.map((day) => [day.key, day.byKind]))
  const data = daysOf(month).map((day) => ({ day, ...found.get(day) }))
  const kinds = COST_KINDS.filter(({ kind }) => days.some(({ byKind }) => (byKind[kind] ?? 0) !== 0))
  const tick = { fill: 'var(--muted)', fontSize: 12 }
  return (
    <figure>
      <div aria-hidden className="h-56">
        <ResponsiveContainer>
          <BarChart
            data={data}
            margin={{ top: 4, right: 0, bottom: 0, left: 0 }}
            accessibilityLayer={false}
            barCategoryGap={2}
          >
            <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
            <XAxis
              dataKey="day"
              tickLine={false}
              axisLine={false}
              minTickGap={16}
              tickFormatter={(day: string) => String(Number(day.slice(8)))}
              tick={tick}
            />
            <YAxis
              tickLine={false}
              axisLine={false}
              width={64}
              tickFormatter={(micros: number) => money(micros, currency)}
              tick={tick}
            />
            <Tooltip
              cursor={{ fill: 'var(--surface-tertiary)' }}
              contentStyle={{ background: 'var(--overlay)', border: '1px solid var(--border)', borderRadius: 8 }}
              labelStyle={{ color: 'var(--muted)' }}
              labelFormatter={(day) => (typeof day === 'string' ? dayWords(day) : '')}
              formatter={(micros) => money(Number(micros), currency)}
            />
            <Legend
              iconType="square"
              iconSize={9}
              formatter={(word: string) => <span className="text-xs text-foreground">{word}</span>}
            />
            {kinds.map(({ kind, word, color }) => (
              <Bar key={kind} dataKey={kind} name={word} stackId="all" fill={color} isAnimationActive={false} />
            ))}
          </BarChart>
        </ResponsiveContainer>
      </div>
      <figcaption className="sr-only">
        Spent by day in {monthWords(month)}. The table by day has the figures.
      </figcaption>
    </figure>
  )
}
