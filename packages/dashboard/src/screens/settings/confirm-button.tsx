import { Button } from '@heroui/react'
import { useState } from 'react'

/** Does something that cannot be taken back: asks first, in the place where it was pressed. */
export function ConfirmButton(props: {
  word: string
  /** What will happen, as a question. */
  question: string
  sure: string
  working: boolean
  onSure: () => void
}) {
  const { word, question, sure, working, onSure } = props
  const [asking, setAsking] = useState(false)
  if (!asking) {
    return (
      <Button size="sm" variant="secondary" isDisabled={working} onPress={() => setAsking(true)}>
        {word}
      </Button>
    )
  }
  return (
    <div role="group" aria-label={question} className="flex flex-wrap items-center gap-2">
      <span className="max-w-80 text-xs">{question}</span>
      <Button
        size="sm"
        variant="danger"
        isDisabled={working}
        autoFocus
        onPress={() => {
          setAsking(false)
          onSure()
        }}
      >
        {sure}
      </Button>
      <Button size="sm" variant="secondary" onPress={() => setAsking(false)}>
        No
      </Button>
    </div>
  )
}
