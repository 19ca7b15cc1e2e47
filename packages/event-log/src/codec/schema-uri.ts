/** The `dataschema` of an event's type. */
export function schemaUri(type: string): string {
  return `urn:leadlog:event:${type}`
}
