import { Button } from '@heroui/react'
import { useMutation } from '@tanstack/react-query'
import { QRCodeSVG } from 'qrcode.react'
import { useState } from 'react'
import { findSession } from '../../api/session.ts'
import { write } from '../../api/write.ts'
import { CopyButton } from '../../design/copy-button.tsx'
import { Field, Refusal } from '../../design/field.tsx'
import { problemWords } from '../sign-in/problem-words.ts'

const QR_PX = 176

/** A secret that waits for its first code. */
export interface Prepared {
  readonly secret: string
  readonly uri: string
}

/** A secret for the app, as a picture and as text, and the first code that proves that the app has it. */
export function SecondFactorSetUp(props: {
  prepared: Prepared
  onDone: (codes: readonly string[]) => void
  onCancel: () => void
}) {
  const { secret, uri } = props.prepared
  const [code, setCode] = useState('')
  const confirm = useMutation({
    mutationFn: (given: string) =>
      write('POST', '/v1/me/second-factor/confirm', { code: given }) as Promise<{ recoveryCodes: string[] }>,
    onSuccess: ({ recoveryCodes }) => {
      props.onDone(recoveryCodes)
      void findSession()
    },
    onError: () => setCode('')
  })
  return (
    <form
      className="flex flex-col gap-5 sm:flex-row"
      onSubmit={(event) => {
        event.preventDefault()
        confirm.mutate(code.trim())
      }}
    >
      <div className="self-start rounded-lg border border-border bg-white p-3">
        <QRCodeSVG value={uri} size={QR_PX} title="QR code for your authenticator app" level="M" />
      </div>
      <div className="flex max-w-sm flex-col gap-3">
        <p>
          <span className="font-medium">1.</span> Scan this with an authenticator app, or type the key into it:
        </p>
        <p className="flex items-center gap-2">
          <code className="min-w-0 rounded bg-surface-secondary px-2 py-1 font-mono text-xs break-all">{secret}</code>
          <CopyButton text={secret} what="Key" />
        </p>
        <p>
          <span className="font-medium">2.</span> Type the code that it shows now.
        </p>
        <Field
          label="Code of your app"
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          minLength={6}
          maxLength={6}
          pattern="[0-9]{6}"
          value={code}
          onChange={(event) => setCode(event.target.value)}
          aria-invalid={confirm.isError}
        />
        <Refusal>{confirm.isError ? problemWords(confirm.error) : null}</Refusal>
        <div className="flex gap-2">
          <Button size="sm" type="submit" variant="primary" isDisabled={confirm.isPending}>
            {confirm.isPending ? 'Checking' : 'Switch it on'}
          </Button>
          <Button size="sm" variant="secondary" onPress={props.onCancel}>
            Not now
          </Button>
        </div>
      </div>
    </form>
  )
}
