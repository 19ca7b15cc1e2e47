import { Button } from '@heroui/react'
import { useState } from 'react'
import { Field } from '../../design/field.tsx'

/** Discarding cannot be taken back, so it wants a reason, which is kept. */
export function DiscardForm({ onDiscard, onCancel }: { onDiscard: (reason: string) => void; onCancel: () => void }) {
  const [reason, setReason] = useState('')
  return (
    <form
      className="mt-3 flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (reason.trim() !== '') onDiscard(reason.trim())
      }}
    >
      <Field
        label="Why it need not be handled. This cannot be taken back; name nobody."
        autoFocus
        required
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className="flex gap-2">
        <Button size="sm" type="submit" variant="danger">
          Discard for good
        </Button>
        <Button size="sm" variant="secondary" onPress={onCancel}>
          Keep it
        </Button>
      </div>
    </form>
  )
}
