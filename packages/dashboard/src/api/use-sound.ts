import { useCallback, useEffect, useRef, useState } from 'react'
import { ask } from './client.ts'
import { currentKey } from './session.ts'

/**
 * A sound below `/v1` for a player. With a session the browser asks for what it needs of it, part by part. A key cannot be
 * sent along by a player, so that the sound is fetched whole, once somebody wants to hear it.
 */
export function useSound(address: string): {
  readonly problem: string | null
  /** The address that a player can take; undefined where the sound could not be had. */
  readonly find: () => Promise<string | undefined>
} {
  const [problem, setProblem] = useState<string | null>(null)
  const held = useRef<string | null>(null)
  useEffect(
    () => () => {
      if (held.current !== null) URL.revokeObjectURL(held.current)
    },
    []
  )
  const find = useCallback(async () => {
    if (currentKey() === null) return address
    if (held.current !== null) return held.current
    try {
      const sound = await (await ask(address, {})).blob()
      held.current = URL.createObjectURL(sound)
      setProblem(null)
      return held.current
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
      return undefined
    }
  }, [address])
  return { problem, find }
}
