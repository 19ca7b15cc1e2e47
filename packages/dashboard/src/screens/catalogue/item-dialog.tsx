import { currencies } from '@leadlog/invoicing'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import type { RowOf } from '../../api/client.ts'
import { Choice, Field, Refusal } from '../../design/field.tsx'
import { FormDialog } from '../../design/form-dialog.tsx'
import { useAskCatalogue } from './ask-catalogue.ts'
import { amountText, decimalText, readAmount, readDecimal } from '../../words/money.ts'

export type CatalogueItem = RowOf<'/v1/catalogue-items'>

/** A service of the catalogue, new or changed. @param known null for a new one */
export function ItemDialog({ known, onClose }: { known: CatalogueItem | null; onClose: () => void }) {
  const ask = useAskCatalogue()
  const [newId] = useState(() => crypto.randomUUID())
  const [name, setName] = useState(known?.name ?? '')
  const [currency, setCurrency] = useState(known?.currency ?? 'USD')
  const [price, setPrice] = useState(known === null ? '' : amountText(known.unitPrice, known.currency))
  const [tax, setTax] = useState(known === null ? '' : decimalText(known.taxRate))
  const [wrong, setWrong] = useState<string | null>(null)
  const save = useMutation({
    mutationFn: (body: object) => ask('SaveCatalogueItem', body),
    onSuccess: () => {
      toast.success(`${name.trim()} is saved`)
      onClose()
    }
  })
  const submit = (): void => {
    const unitPrice = readAmount(price, currency)
    const taxRate = readDecimal(tax, 4)
    if (name.trim() === '') return setWrong('Give it a name.')
    if (unitPrice === null) return setWrong(`The price is an amount such as ${amountText(49_900, currency)}.`)
    if (taxRate === null || Number(taxRate) > 100) return setWrong('Tax is in per cent: 19, or 0 for none.')
    setWrong(null)
    save.mutate({ itemId: known?.id ?? newId, name: name.trim(), unitPrice, currency, taxRate })
  }
  return (
    <FormDialog
      title={known === null ? 'New service' : `Change ${known.name}`}
      word="Save"
      working={save.isPending}
      onClose={onClose}
      onSubmit={submit}
    >
      <Field
        label="Name"
        required
        autoFocus
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <div className="grid grid-cols-2 gap-3">
        <Field
          label="Price, before tax"
          inputMode="decimal"
          value={price}
          maxLength={20}
          onChange={(event) => setPrice(event.target.value)}
        />
        <CurrencyChoice value={currency} onChange={setCurrency} />
      </div>
      <Field
        label="Tax, per cent"
        inputMode="decimal"
        value={tax}
        maxLength={8}
        onChange={(event) => setTax(event.target.value)}
        {...(known === null ? {} : { help: 'Drafts and invoices keep the price and tax that they took.' })}
      />
      <Refusal>{wrong ?? (save.isError ? save.error.message : null)}</Refusal>
    </FormDialog>
  )
}

/** Any currency of ISO 4217, by its code. */
export function CurrencyChoice({ value, onChange }: { value: string; onChange: (currency: string) => void }) {
  return (
    <Choice
      label="Currency"
      value={value}
      options={currencies().map(({ code, name }) => ({ value: code, word: `${code}, ${name}` }))}
      onChange={onChange}
    />
  )
}
