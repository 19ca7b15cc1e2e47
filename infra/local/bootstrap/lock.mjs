import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { say } from './say.mjs'

/** Long enough to cost nothing, short enough that nobody notices the wait. */
const POLL_MS = 200

/**
 * Runs `work` while no other process holds the lock `name` in `folder`. The lock is a folder that
 * is renamed into place with its owner's pid already inside, so that it never exists without an
 * owner; a lock whose owner is gone is taken over.
 */
export async function withLock(folder, name, work) {
  mkdirSync(folder, { recursive: true })
  const lock = path.join(folder, `${name}.lock`)
  await acquire(lock)
  try {
    return await work()
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

async function acquire(lock) {
  const mine = mkdtempSync(`${lock}.`)
  writeFileSync(path.join(mine, 'pid'), String(process.pid))
  let told = false
  for (;;) {
    try {
      renameSync(mine, lock)
      return
    } catch (error) {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST' && error.code !== 'EPERM') throw error
    }
    const owner = ownerOf(lock)
    if (owner !== undefined && !isAlive(owner)) {
      removeStale(lock, owner)
      continue
    }
    if (!told) say(`waiting for process ${owner ?? 'unknown'}, which is setting up the same folder`)
    told = true
    await delay(POLL_MS)
  }
}

function ownerOf(lock) {
  try {
    return Number(readFileSync(path.join(lock, 'pid'), 'utf8')) || undefined
  } catch {
    return undefined
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function removeStale(lock, owner) {
  const aside = `${lock}.stale-${process.pid}`
  try {
    renameSync(lock, aside)
  } catch {
    return
  }
  // Another process may have taken the stale lock over in between: give its lock back.
  if (ownerOf(aside) !== owner) renameSync(aside, lock)
  else rmSync(aside, { recursive: true, force: true })
}
