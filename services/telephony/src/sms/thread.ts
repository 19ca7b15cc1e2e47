import { derivedId, isEvent, newEvent, SmsThreadOpened, type NewEvent, type RecordedEvent } from '@leadlog/contracts'

/** The id of what is written between one of our numbers and one of theirs. */
export function threadIdOf(ours: string, callerId: string): string {
  return derivedId('sms-thread', ours, callerId)
}

/** Our number in the newest thread with somebody; null where there is none. */
export function newestNumberOf(caller: readonly RecordedEvent[]): string | null {
  const opened = caller.findLast((event) => isEvent(event, SmsThreadOpened))
  return opened && isEvent(opened, SmsThreadOpened) ? opened.data.ours : null
}

/** Opens the thread of a first message. @param caller the history of whose number it is */
export function openThread(
  caller: readonly RecordedEvent[],
  thread: NewEvent<typeof SmsThreadOpened>['data']
): readonly NewEvent[] {
  const known = caller.some((event) => isEvent(event, SmsThreadOpened) && event.data.threadId === thread.threadId)
  return known ? [] : [newEvent(SmsThreadOpened, thread.callerId, thread)]
}
