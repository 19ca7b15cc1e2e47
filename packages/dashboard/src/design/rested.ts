import { useEffect, useMemo, useState } from 'react'

/** A value as it was when it last stayed the same for a while: what is typed or moved asks when it has come to rest. */
export function useRested<T>(value: T, restMs: number): T {
  const text = JSON.stringify(value)
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), restMs)
    return () => clearTimeout(timer)
  }, [text, restMs])
  return useMemo(() => JSON.parse(rested) as T, [rested])
}
