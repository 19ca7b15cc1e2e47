/**
 * A meeting's uuid as part of a path. Those that begin with a slash or hold two in a row are encoded twice: Zoom decodes
 * before it looks for the route.
 */
export function joinedUuid(uuid: string): string {
  const once = encodeURIComponent(uuid)
  return uuid.startsWith('/') || uuid.includes('//') ? encodeURIComponent(once) : once
}
