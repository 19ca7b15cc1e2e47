import { Button } from '@heroui/react'
import { useQuery } from '@tanstack/react-query'
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { useId, useState } from 'react'
import type { RowOf } from '../../api/client.ts'
import { plainRead } from '../../api/queries.ts'
import { Field } from '../../design/field.tsx'
import {
  emptyLine,
  noDiscount,
  type DiscountForm,
  type DraftForm,
  type LineForm,
  type ReadForm
} from '../../invoices/draft-form.ts'
import { amountText, decimalText, moneyText } from '../../words/money.ts'
import { helpOf } from './draft-page.tsx'

const MOST_LINES = 200
const MOST_OFFERED = 200

/** The lines of an invoice: from the catalogue or free, in an order of one's own. */
export function LinesFields(props: {
  form: DraftForm
  change: (next: Partial<DraftForm>) => void
  problemOf: (place: string) => string | undefined
  reckoned: ReadForm['reckoned']
}) {
  const { form, change, problemOf, reckoned } = props
  const { lines, currency } = form
  const set = (key: string, next: Partial<LineForm>): void =>
    change({ lines: lines.map((line) => (line.key === key ? { ...line, ...next } : line)) })
  const move = (index: number, by: number): void => {
    const moved = [...lines]
    moved.splice(index + by, 0, ...moved.splice(index, 1))
    change({ lines: moved })
  }
  const add = (line: LineForm): void => change({ lines: [...lines, line] })
  return (
    <div className="flex flex-col gap-3">
      <ol className="flex flex-col gap-3" aria-label="Lines">
        {lines.map((line, index) => (
          <LineFields
            key={line.key}
            line={line}
            number={index + 1}
            last={lines.length}
            currency={currency}
            total={reckoned?.lines[index]?.total}
            problemOf={(field) => problemOf(`lines.${index}.${field}`)}
            onChange={(next) => set(line.key, next)}
            onMove={(by) => move(index, by)}
            onRemove={() => change({ lines: lines.filter(({ key }) => key !== line.key) })}
          />
        ))}
      </ol>
      {problemOf('lines') === undefined ? null : (
        <p role="alert" className="text-tone-danger">
          {problemOf('lines')}
        </p>
      )}
      {lines.length < MOST_LINES ? (
        <div className="panel flex flex-wrap items-end gap-3 p-4">
          <ServiceChoice currency={currency} onChoose={(item) => add(lineOf(item))} />
          <Button size="sm" variant="secondary" onPress={() => add(emptyLine(crypto.randomUUID()))}>
            <Plus aria-hidden size={14} /> Free line
          </Button>
        </div>
      ) : null}
    </div>
  )
}

type Item = RowOf<'/v1/catalogue-items'>

function lineOf({ id, name, unitPrice, currency, taxRate }: Item): LineForm {
  return {
    key: crypto.randomUUID(),
    itemId: id,
    text: name,
    quantity: '1',
    price: amountText(unitPrice, currency),
    taxRate: decimalText(taxRate),
    discount: noDiscount
  }
}

/** What is sold in the invoice's currency. */
function ServiceChoice({ currency, onChoose }: { currency: string; onChoose: (item: Item) => void }) {
  const id = useId()
  const offered = useQuery(plainRead('/v1/catalogue-items', { archived: 'false', currency, limit: MOST_OFFERED }))
  const items = offered.data?.data ?? []
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-1.5">
      <label htmlFor={id} className="text-xs font-medium">
        Add a service of the catalogue
      </label>
      <select
        id={id}
        value=""
        disabled={items.length === 0}
        onChange={(event) => {
          const item = items.find((one) => one.id === event.target.value)
          if (item !== undefined) onChoose(item)
        }}
        className="h-9 w-full min-w-0 cursor-pointer rounded-lg border border-[var(--field-border)] bg-surface px-2.5 disabled:text-muted"
      >
        <option value="">{items.length === 0 ? `No service is priced in ${currency}` : 'Choose a service'}</option>
        {items.map((item) => (
          <option key={item.id} value={item.id}>
            {item.name}, {moneyText(item.unitPrice, item.currency)}
          </option>
        ))}
      </select>
    </div>
  )
}

function LineFields(props: {
  line: LineForm
  number: number
  last: number
  currency: string
  total: number | undefined
  problemOf: (field: string) => string | undefined
  onChange: (next: Partial<LineForm>) => void
  onMove: (by: number) => void
  onRemove: () => void
}) {
  const { line, number, last, currency, total, problemOf, onChange, onMove, onRemove } = props
  const [hasDiscount, setHasDiscount] = useState(line.discount.value !== '')
  const field = (name: 'text' | 'quantity' | 'price' | 'taxRate') => ({
    value: line[name],
    'aria-invalid': problemOf(name) !== undefined,
    ...helpOf(problemOf(name))
  })
  return (
    <li className="panel flex flex-col gap-3 p-4" aria-label={`Line ${number}`}>
      <div className="flex items-end gap-2">
        <Field
          label={line.itemId === null ? `${number}. What it is for` : `${number}. What it is for, of the catalogue`}
          maxLength={500}
          {...field('text')}
          onChange={(event) => onChange({ text: event.target.value })}
        />
        <span className="flex h-9 shrink-0 items-center">
          <IconButton label={`Move line ${number} up`} disabled={number === 1} onPress={() => onMove(-1)}>
            <ArrowUp aria-hidden size={14} />
          </IconButton>
          <IconButton label={`Move line ${number} down`} disabled={number === last} onPress={() => onMove(1)}>
            <ArrowDown aria-hidden size={14} />
          </IconButton>
          <IconButton label={`Remove line ${number}`} onPress={onRemove}>
            <Trash2 aria-hidden size={14} />
          </IconButton>
        </span>
      </div>
      <div className="grid grid-cols-2 items-start gap-3 sm:grid-cols-4">
        <Field
          label="Quantity"
          inputMode="decimal"
          maxLength={12}
          {...field('quantity')}
          onChange={(event) => onChange({ quantity: event.target.value })}
        />
        <Field
          label={`Price, ${currency}`}
          inputMode="decimal"
          maxLength={20}
          {...field('price')}
          onChange={(event) => onChange({ price: event.target.value })}
        />
        <Field
          label="Tax, per cent"
          inputMode="decimal"
          maxLength={8}
          {...field('taxRate')}
          onChange={(event) => onChange({ taxRate: event.target.value })}
        />
        <div className="flex flex-col gap-1.5 text-right">
          <span className="text-xs font-medium">With tax</span>
          <span className="tnum flex h-9 items-center justify-end font-medium">
            {total === undefined ? '–' : moneyText(total, currency)}
          </span>
        </div>
      </div>
      {hasDiscount ? (
        <DiscountFields
          label="Discount on this line"
          currency={currency}
          value={line.discount}
          problem={problemOf('discount')}
          onChange={(discount) => onChange({ discount })}
        />
      ) : (
        <button
          type="button"
          className="self-start text-xs font-medium text-link hover:underline"
          onClick={() => setHasDiscount(true)}
        >
          Add a discount
        </button>
      )}
    </li>
  )
}

/** So many per cent, or so much. */
export function DiscountFields(props: {
  label: string
  currency: string
  value: DiscountForm
  problem: string | undefined
  onChange: (discount: DiscountForm) => void
}) {
  const { label, currency, value, problem, onChange } = props
  return (
    <div className="flex items-start gap-2">
      <Field
        label={label}
        inputMode="decimal"
        maxLength={20}
        placeholder="None"
        value={value.value}
        aria-invalid={problem !== undefined}
        {...helpOf(problem)}
        onChange={(event) => onChange({ ...value, value: event.target.value })}
      />
      <select
        aria-label={`${label}: per cent, or an amount`}
        value={value.kind}
        onChange={(event) => onChange({ ...value, kind: event.target.value === 'amount' ? 'amount' : 'percent' })}
        className="mt-[1.4rem] h-9 shrink-0 cursor-pointer rounded-lg border border-[var(--field-border)] bg-surface px-2.5"
      >
        <option value="percent">%</option>
        <option value="amount">{currency}</option>
      </select>
    </div>
  )
}

function IconButton(props: { label: string; disabled?: boolean; onPress: () => void; children: React.ReactNode }) {
  return (
    <button
      type="button"
      aria-label={props.label}
      title={props.label}
      disabled={props.disabled ?? false}
      onClick={props.onPress}
      className="grid size-8 place-items-center rounded-lg text-muted hover:bg-default hover:text-foreground disabled:opacity-40"
    >
      {props.children}
    </button>
  )
}
