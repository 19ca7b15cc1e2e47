import { Fragment } from 'react'

/** A place in a text, as the search gives it. */
export interface MarkedRange {
  readonly start: number
  readonly end: number
}

/** The text with the places that made it be found. Weight and not colour, so that it reads as well everywhere. */
export function Marked({ text, ranges }: { text: string; ranges: readonly MarkedRange[] }) {
  return ranges.map(({ start, end }, index) => (
    <Fragment key={start}>
      {text.slice(ranges[index - 1]?.end ?? 0, start)}
      <mark className="bg-transparent font-semibold text-foreground">{text.slice(start, end)}</mark>
      {index === ranges.length - 1 ? text.slice(end) : null}
    </Fragment>
  ))
}
