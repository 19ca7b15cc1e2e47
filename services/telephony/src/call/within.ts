import { TransientError } from '@leadlog/contracts'

/** The result, if it comes in time. What is late goes on, and nobody waits for it. @throws TransientError TELEPHONY_TOO_SLOW */
export async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    late.reject(new TransientError('TELEPHONY_TOO_SLOW', `It took longer than ${milliseconds} ms`))
  }, milliseconds)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
    work.catch(() => undefined)
  }
}
