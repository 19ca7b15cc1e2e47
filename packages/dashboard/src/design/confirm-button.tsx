import { Button } from '@heroui/react'
import { useState } from 'react'

/** Does something that matters: asks first, in the place where it was pressed. */
export function ConfirmButton(props: {
  word: string
  /** What will happen, as a question. */
  question: string
  sure: string
  working: boolean
  onSure: () => void
}) {
  const { word, working, onSure, ...question } = props
  const [asking, setAsking] = useState(false)
  if (!asking) {
    return (
      <Button size="sm" variant="secondary" isDisabled={working} onPress={() => setAsking(true)}>
        {word}
      </Button>
    )
  }
  return (
    <Question
      {...question}
      onSure={() => {
        setAsking(false)
        onSure()
      }}
      onNo={() => setAsking(false)}
    />
  )
}

/** A question with its two answers. The focus is on the one that changes nothing. */
export function Question(props: { question: string; sure: string; onSure: () => void; onNo: () => void }) {
  return (
    <div role="group" aria-label={props.question} className="flex flex-wrap items-center gap-2">
      <span className="max-w-96 text-xs">{props.question}</span>
      <Button size="sm" variant="danger" onPress={props.onSure}>
        {props.sure}
      </Button>
      <Button size="sm" variant="secondary" autoFocus onPress={props.onNo}>
        No
      </Button>
    </div>
  )
}
