import { Button } from '@heroui/react'
import { CopyButton } from '../../design/copy-button.tsx'

/** A key just issued, with its text. */
export interface NewKey {
  readonly name: string
  readonly key: string
}

/** The text of a key, which is shown now and never again. */
export function NewKeyShown({ made, onKept }: { made: NewKey; onKept: () => void }) {
  return (
    <section role="status" className="flex flex-col gap-3 rounded-lg bg-tone-warning-soft p-4">
      <p className="font-medium text-tone-warning">
        The key for “{made.name}”. Copy it now; nobody can show it again, only its digest is kept.
      </p>
      <code className="rounded bg-surface p-2 font-mono text-xs break-all" aria-label="API key">
        {made.key}
      </code>
      <div className="flex gap-2">
        <CopyButton text={made.key} what="Key" />
        <Button size="sm" variant="primary" onPress={onKept}>
          I have kept it
        </Button>
      </div>
    </section>
  )
}
