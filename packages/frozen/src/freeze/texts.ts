/** The body of a webhook as it was meant; as it came where it is no JSON. */
export function parsed(body: string | null): unknown {
  try {
    return body === null ? null : (JSON.parse(body) as unknown)
  } catch {
    return body
  }
}

/** Every text of it, but the mapping's, which names fields of the CRM and no person. */
export function textOf(frozen: object): string {
  const texts: string[] = []
  const visit = (value: unknown): void => {
    if (typeof value === 'string' || typeof value === 'number') texts.push(String(value))
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'mapping') continue
      if (!Array.isArray(value) && /[@.]/.test(key)) texts.push(key)
      visit(inner)
    }
  }
  visit('body' in frozen && typeof frozen.body === 'string' ? { ...frozen, body: parsed(frozen.body) } : frozen)
  return texts.join('\n')
}
