/** Where the benchmark runs: an empty database. */
export function databaseUrl(): string {
  const url = process.env.DATABASE_URL
  if (!url) throw new Error('set DATABASE_URL to an empty PostgreSQL database, for example postgres://localhost/bench')
  return url
}
