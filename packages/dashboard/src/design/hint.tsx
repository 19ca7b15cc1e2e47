import { Tooltip } from '@heroui/react'
import type { ReactNode } from 'react'

/** More about something small, on hover and on focus. */
export function Hint({ text, children }: { text: ReactNode; children: ReactNode }) {
  return (
    <Tooltip delay={300}>
      <Tooltip.Trigger className="inline-flex max-w-full" tabIndex={0} role="note">
        {children}
      </Tooltip.Trigger>
      <Tooltip.Content className="max-w-80 text-xs">{text}</Tooltip.Content>
    </Tooltip>
  )
}
