import { Button } from '@heroui/react'
import { currencies } from '@leadlog/invoicing'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import type { AnswerOf } from '../../api/client.ts'
import { sendCommand } from '../../api/send-command.ts'
import { Choice, Field, Refusal } from '../../design/field.tsx'
import { FormDialog } from '../../design/form-dialog.tsx'
import { amountText, decimalText } from '../../words/money.ts'
import { minorMoney, monthWords, readBudget } from '../../words/spend.ts'

type Budget = AnswerOf<'/v1/spend/budget'>['data'][number]

/** What may be spent: a button, and what it asks. */
export function SetBudget({ month, budget }: { month: string; budget: Budget | undefined }) {
  const [open, setOpen] = useState(false)
  const isSet = budget !== undefined && budget.budget !== null
  return (
    <>
      <Button size="sm" variant={isSet ? 'secondary' : 'primary'} onPress={() => setOpen(true)}>
        {isSet ? 'Change budget' : 'Set a budget'}
      </Button>
      {open ? <BudgetDialog month={month} known={budget} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function BudgetDialog(props: { month: string; known: Budget | undefined; onClose: () => void }) {
  const { month, known, onClose } = props
  const thisMonth = new Date().toISOString().slice(0, 7)
  const queries = useQueryClient()
  const [currency, setCurrency] = useState(known?.currency ?? 'USD')
  const [typed, setTyped] = useState(shownAmount(known))
  const [scope, setScope] = useState(known?.thisMonthOnly === true ? 'month' : 'always')
  const [wish] = useState(() => crypto.randomUUID())
  const amount = readBudget(typed, currency)
  const isRemoval = typed.trim() === ''
  const set = useMutation({
    mutationFn: () =>
      sendCommand(
        'billing',
        'SetSpendBudget',
        { currency, amount: isRemoval ? null : amount, ...(scope === 'month' ? { month } : {}) },
        `${wish}-${currency}-${typed}-${scope}`
      ),
    onSuccess: () => {
      toast.success(isRemoval ? 'The budget is removed' : `The budget is ${minorMoney(amount ?? 0, currency)}`)
      onClose()
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['/v1/spend/budget'] })
  })
  const isWrong = !isRemoval && amount === null
  // Without one of its own a month has the budget of every month.
  const hasNone = known?.budget == null || (scope === 'month' && !known.thisMonthOnly)
  return (
    <FormDialog
      title="What may be spent"
      word={isRemoval ? 'Remove' : 'Save'}
      working={set.isPending}
      unchanged={isWrong || (isRemoval && hasNone)}
      onClose={onClose}
      onSubmit={() => set.mutate()}
    >
      <Field
        label="Amount"
        inputMode="decimal"
        autoFocus
        maxLength={16}
        value={typed}
        aria-invalid={isWrong}
        onChange={(event) => setTyped(event.target.value)}
        help={
          isWrong
            ? `Write it as 500 or ${decimalText('499.50')}.`
            : 'Empty: no budget. Nothing is stopped when it is used up; people are told.'
        }
      />
      <Choice
        label="Currency"
        value={currency}
        options={currencies().map(({ code, name }) => ({ value: code, word: `${code}, ${name}` }))}
        onChange={setCurrency}
      />
      <Choice
        label="For"
        value={scope}
        options={[
          { value: 'always', word: `Every month, from ${monthWords(thisMonth)} on` },
          { value: 'month', word: `${monthWords(month)} only` }
        ]}
        onChange={setScope}
      />
      <p className="text-xs text-muted">
        A budget counts what is charged in its own currency. You are told at 80, 90 and 100 per cent.
      </p>
      <Refusal>{set.isError ? set.error.message : null}</Refusal>
    </FormDialog>
  )
}

function shownAmount(known: Budget | undefined): string {
  return known === undefined || known.budget === null ? '' : amountText(known.budget, known.currency)
}
