/** One line for the person at the terminal, on standard error so that results stay clean. */
export function notice(line: string): void {
  process.stderr.write(`leadlog: ${line}\n`)
}
