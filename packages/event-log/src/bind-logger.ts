import type { LogFunction, Logger } from './logger.ts'

/** The logger with fields that every line carries. */
export function bindLogger(logger: Logger, bound: object): Logger {
  const at = (level: keyof Logger): LogFunction => {
    return (first: object | string, message?: string): void => {
      if (typeof first === 'string') logger[level](bound, first)
      else logger[level]({ ...bound, ...first }, message)
    }
  }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}
