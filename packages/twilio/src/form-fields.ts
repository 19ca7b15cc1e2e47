/** The fields of a form, decoded; a key that comes again has all its values. */
export type FormFields = Readonly<Record<string, string | readonly string[]>>

/** Reads a form as Twilio posts it. Keys such as `a[b]` stay as they are: they are signed so. */
export function formFields(body: Buffer | string): FormFields {
  const fields = new Map<string, string[]>()
  for (const [key, value] of new URLSearchParams(body.toString('utf8'))) {
    const values = fields.get(key)
    // Whoever asks has not been verified yet: a key that comes again for ever is read in one go, not copied each time.
    if (values) values.push(value)
    else fields.set(key, [value])
  }
  return Object.fromEntries([...fields].map(([key, values]) => [key, values.length === 1 ? (values[0] ?? '') : values]))
}

/** The first value of each field, for readers to whom a repeated key means nothing. */
export function oneValueEach(fields: FormFields): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, typeof value === 'string' ? value : (value[0] ?? '')])
  )
}
