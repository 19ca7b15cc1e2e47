import t from 'tap'
import { diskFull } from './disk-full.ts'

void t.test('a full disk is told from other failures, in the words of whoever met it', async (t) => {
  const initdb = new Error(
    'initdb failed: the database cluster is made\nFATAL:  could not write: No space left on device\nremoving'
  )
  t.match(diskFull(initdb, '/state'), {
    code: 'LOCAL_DISK_FULL',
    message: /The disk of \/state is full \(FATAL: +could not write: No space left on device\)\. Free some space/
  })
  t.match(diskFull(Object.assign(new Error('ENOSPC: no space left on device, write')), '/s'), {
    name: 'LocalSetupError'
  })
  t.equal(diskFull(new Error('the port is taken'), '/state'), null)
})
