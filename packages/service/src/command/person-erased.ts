import { refuse, type Refusal } from '@leadlog/contracts'

/** A command is about somebody whose key was destroyed: nothing of it can be recorded. */
export function personErased(): Refusal {
  return refuse(
    'PERSON_ERASED',
    'The person or phone number that this is about was erased, and nothing new is recorded of them. Once they call, write or book again they are a new contact: then send it once more'
  )
}
