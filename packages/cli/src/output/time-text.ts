/** A time to the second, as tables show it; empty where there is none. */
export function timeText(time: string | Date | null | undefined): string {
  return time ? new Date(time).toISOString().slice(0, 19).replace('T', ' ') : ''
}
