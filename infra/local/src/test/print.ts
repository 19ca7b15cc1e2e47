export function heading(title: string): void {
  console.log(`\n== ${title}`)
}

export function outcomeLine(ok: boolean, title: string, ms: number, detail = ''): void {
  console.log(`${ok ? '  ok  ' : 'FAILED'} ${title}${detail === '' ? '' : ` (${detail})`} ${formatDuration(ms)}`)
}

export function formatDuration(ms: number): string {
  return ms < 60_000
    ? `${(ms / 1000).toFixed(1)} s`
    : `${String(Math.floor(ms / 60_000))} min ${String(Math.round((ms % 60_000) / 1000))} s`
}
