export function Logo() {
  return (
    <span className="inline-flex items-center gap-2 text-[0.9375rem] font-semibold tracking-tight">
      <img src="/icon.svg" alt="" width={22} height={22} />
      Leadlog
    </span>
  )
}
