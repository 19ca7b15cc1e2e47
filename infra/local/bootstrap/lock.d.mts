export function withLock<T>(folder: string, name: string, work: () => Promise<T>): Promise<T>
