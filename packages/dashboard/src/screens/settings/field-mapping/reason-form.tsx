import { Button } from '@heroui/react'
import { useState } from 'react'
import { Field } from '../../../design/field.tsx'

/** A change is kept with its reason, for who reads it later. */
export function ReasonForm(props: {
  label: string
  word: string
  working: boolean
  /** Why it cannot be done yet; null where it can. */
  blocked?: string | null
  onReason: (reason: string) => void
  onCancel: () => void
}) {
  const { label, word, working, blocked = null, onReason, onCancel } = props
  const [reason, setReason] = useState('')
  const isEnough = reason.trim().length >= 3
  return (
    <form
      className="flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (isEnough && blocked === null) onReason(reason.trim())
      }}
    >
      <div className="min-w-0 flex-1 basis-64">
        <Field label={label} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
      </div>
      <Button type="submit" variant="primary" isDisabled={working || !isEnough || blocked !== null}>
        {working ? 'Working' : word}
      </Button>
      <Button variant="secondary" onPress={onCancel}>
        Cancel
      </Button>
      {blocked === null ? null : <p className="basis-full text-xs text-muted">{blocked}</p>}
    </form>
  )
}
