import { Button } from '@heroui/react'
import { CopyButton } from '../../design/copy-button.tsx'

/** The ten codes for whoever loses their phone. They are shown now and never again. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  return (
    <div className="flex flex-col gap-3" role="status">
      <p className="font-medium">The second factor is on. Keep these codes; they are shown only now.</p>
      <p className="max-w-prose text-muted">
        Each signs you in once in place of a code of your app. Keep them where you find them without your phone.
      </p>
      <ul
        aria-label="Recovery codes"
        className="grid w-fit grid-cols-2 gap-x-6 gap-y-1 rounded-lg bg-surface-secondary p-4 font-mono"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex gap-2">
        <CopyButton text={codes.join('\n')} what="Codes" word="Copy all" />
        <Button size="sm" variant="primary" onPress={onKept}>
          I have kept them
        </Button>
      </div>
    </div>
  )
}
