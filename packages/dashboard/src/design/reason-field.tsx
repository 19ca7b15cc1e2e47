import { Field } from './field.tsx'

/** Why something is done. It is kept in the log, which is no place for people's names. */
export function ReasonField({ value, onChange }: { value: string; onChange: (reason: string) => void }) {
  return (
    <div className="min-w-60 flex-1">
      <Field
        label="Reason, without anybody's name"
        value={value}
        maxLength={500}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  )
}
