const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/** The moment of `<days from the base date> <HH:MM UTC>`, for example `-1 09:15`. */
export const momentOf = (baseDate: string, text: string): Date => {
  const [, days, hours, minutes] = /^(-?\d+) (\d\d):(\d\d)$/.exec(text) ?? []
  const midnight = Date.parse(`${baseDate}T00:00:00Z`)
  if (days === undefined || Number.isNaN(midnight)) throw new Error(`"${text}" after "${baseDate}" is not a moment.`)
  return new Date(midnight + Number(days) * DAY_MS + (Number(hours) * 60 + Number(minutes)) * MINUTE_MS)
}

export const plusMinutes = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * MINUTE_MS)
