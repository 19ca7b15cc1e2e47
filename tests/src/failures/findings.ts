/** What a run looked at, printed as it goes; ends the process with 1 where anything did not hold. */
export interface Findings {
  /** Something seen, for the reader. */
  saw(text: string): void
  /** Something that must hold. */
  holds(text: string, so: boolean): void
  end(): never
}

export function findings(title: string): Findings {
  console.log(title)
  let failed = 0
  return {
    saw: (text) => console.log(`  saw     ${text}`),
    holds(text, so) {
      if (!so) failed += 1
      console.log(`  ${so ? 'ok    ' : 'FAILED'}  ${text}`)
    },
    end() {
      console.log(failed === 0 ? 'everything held' : `${String(failed)} did not hold`)
      process.exit(failed === 0 ? 0 : 1)
    }
  }
}
