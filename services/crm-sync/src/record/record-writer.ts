import type { CallOptions, RecordAnswer, RecordToWrite } from '../crm-provider.ts'

/** A write with the name under which its effect is kept. */
export interface NamedRecordWrite extends RecordToWrite {
  readonly effectKey: string
}

/** Writes records outside, keeping book of what was begun and what came of it. */
export interface RecordWriter {
  /** One answer per write, in the order given; does not throw for what happens outside. */
  write(module: string, writes: readonly NamedRecordWrite[], options: CallOptions): Promise<readonly RecordAnswer[]>
}
