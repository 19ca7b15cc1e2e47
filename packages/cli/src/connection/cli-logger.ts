import { createLogger, type Logger } from '@leadlog/service'
import type { Output } from '../output/output.ts'

/** What libraries have to say reaches the person as one plain line; with `--json` nobody reads it. */
export function createCliLogger(out: Output, level: string): Logger {
  return createLogger({
    service: 'cli',
    level,
    destination: {
      write(line: string): void {
        const { msg, reason, err } = JSON.parse(line) as { msg?: string; reason?: string; err?: { message?: string } }
        out.note([msg, reason ?? err?.message].filter((part) => part !== undefined).join(': '))
      }
    }
  })
}
