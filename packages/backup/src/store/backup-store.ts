/** A place for backups: names with slashes, whole values. */
export interface BackupStore {
  /** For people and messages, without secrets. */
  readonly location: string
  /**
   * Stores the bytes under the name, whole or not at all.
   *
   * @throws PermanentError `BACKUP_STORE_FULL`; TransientError `BACKUP_STORE_UNAVAILABLE`
   */
  put(name: string, bytes: Uint8Array): Promise<void>
  /** Null when there is none. */
  get(name: string): Promise<Buffer | null>
  /** Names that begin with the prefix, in order. */
  list(prefix: string): AsyncIterable<{ readonly name: string; readonly size: number }>
  /** Removing what is not there is no error. */
  remove(name: string): Promise<void>
  close(): void
}
