import type { CallOptions, NoteAnswer, NoteToWrite } from '../crm-provider.ts'

/** A note with the name under which its effect is kept, and the text by which it is found again. */
export interface NamedNote extends NoteToWrite {
  readonly effectKey: string
  readonly reference: string
}

export interface NoteWriteResult extends NoteAnswer {
  /** `reconciled` where an earlier call, whose answer was lost, had written the note. */
  readonly how: 'written' | 'reconciled'
}

/** Writes notes outside, each once: after an outcome that is not known it looks before it writes. */
export interface NoteWriter {
  /** Does not throw for what happens outside. */
  write(module: string, note: NamedNote, options: CallOptions): Promise<NoteWriteResult>
}
