import { mailInvitations } from '../invitation/mail-invitations.reactor.ts'
import { closeErasedRooms, keepRooms, retryRooms } from './keep-rooms.reactors.ts'

/** What keeps rooms and invitations in step with bookings. */
export const roomHandlers = [keepRooms, retryRooms, closeErasedRooms, mailInvitations] as const
