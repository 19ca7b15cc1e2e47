import { TIME_HINT, timeParameter, WHOLE_NUMBER, type Parameter } from '../query/parameter.ts'

/** A point in the life of the log: a time, or a sequence of EVENTS. */
export type Moment = { readonly time: Date } | { readonly sequence: number }

/** A time as everywhere, or a sequence, written in digits only. */
export function momentParameter(options: { description: string }): Parameter<Moment | undefined> {
  const time = timeParameter(options)
  return {
    schema: {
      ...time.schema,
      format: undefined,
      description: `${options.description}: a time, or a sequence of the log`
    },
    absent: undefined,
    parse(text) {
      if (WHOLE_NUMBER.test(text)) return { sequence: Number(text) }
      try {
        return { time: new Date(time.parse(text) ?? '') }
      } catch {
        throw new TypeError(`${TIME_HINT}, or a sequence such as 1234`)
      }
    }
  }
}

export function momentText(moment: Moment): string {
  return 'time' in moment ? moment.time.toISOString() : `sequence ${String(moment.sequence)}`
}
