/** A value that was read: as it is, several as a list. */
export function FactValue({ value }: { value: string | number | readonly string[] }) {
  if (typeof value !== 'object') return <>{value}</>
  if (value.length === 1) return <>{value[0]}</>
  return (
    <ul className="list-disc pl-4">
      {value.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  )
}
