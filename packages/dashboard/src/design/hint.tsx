import { Tooltip } from '@heroui/react'
import { useState, type ReactNode } from 'react'

/** More about something small: on hover, on focus, and at a tap, since fingers do not hover. */
export function Hint({ text, children }: { text: ReactNode; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Tooltip delay={300} isOpen={isOpen} onOpenChange={setOpen}>
      <Tooltip.Trigger<'span'>
        className="inline-flex max-w-full"
        tabIndex={0}
        role="note"
        render={(props) => <span {...props} />}
        onPointerUp={(event) => {
          if (event.pointerType === 'touch') setOpen((open) => !open)
        }}
      >
        {children}
      </Tooltip.Trigger>
      <Tooltip.Content className="max-w-80 text-xs">{text}</Tooltip.Content>
    </Tooltip>
  )
}
