/** How much of MEDDIC the transcript supports: a bar and the count. */
export function Meddic({ filled, total }: { filled: number; total: number }) {
  return (
    <span
      className="tnum inline-flex items-center gap-1.5"
      title={`${String(filled)} of ${String(total)} parts are supported by the transcript`}
    >
      <span aria-hidden className="flex gap-px">
        {Array.from({ length: total }, (_, index) => (
          <span key={index} className={`h-3 w-[3px] rounded-sm ${index < filled ? 'bg-accent' : 'bg-default'}`} />
        ))}
      </span>
      {filled}/{total}
    </span>
  )
}
