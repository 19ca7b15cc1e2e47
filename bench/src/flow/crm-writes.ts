/** When the simulated CRM first wrote the record of each address: milliseconds of Unix time by e-mail. */
export async function firstCrmWrites(simulators: string): Promise<Map<string, number>> {
  const [records, writes] = await Promise.all([
    read<{ id: string; Email?: string }>(`${simulators}/_control/zoho/records?module=Leads`),
    read<{ id: string; module: string; at: string }>(`${simulators}/_control/zoho/writes`)
  ])
  const firstById = new Map<string, number>()
  for (const { id, module, at } of writes) {
    if (module === 'Leads' && !firstById.has(id)) firstById.set(id, Date.parse(at))
  }
  return new Map(
    records.flatMap(({ id, Email }): [string, number][] => {
      const first = firstById.get(id)
      return first === undefined || Email === undefined ? [] : [[Email.toLowerCase(), first]]
    })
  )
}

/** How many records the simulated CRM has been given so far; cheap to ask. */
export async function insertedRecords(simulators: string): Promise<number> {
  const answer = await fetch(`${simulators}/_control/counts`)
  if (!answer.ok) throw new Error(`the simulators answered ${answer.status} ${await answer.text()}`)
  return ((await answer.json()) as { zohoWrites: { inserts: number } }).zohoWrites.inserts
}

/** A day of load is more than the credits of the smallest edition; they are not what is measured. */
export async function liftCredits(simulators: string): Promise<void> {
  const answer = await fetch(`${simulators}/_control/settings`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ zohoCreditsPerDay: 100_000_000 })
  })
  if (!answer.ok) throw new Error(`the simulators answered ${answer.status} ${await answer.text()}`)
}

async function read<Row>(url: string): Promise<Row[]> {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`${url} answered ${answer.status} ${await answer.text()}`)
  return ((await answer.json()) as { data: Row[] }).data
}
