import type { CustomerKey } from './customers.ts'

/**
 * A booking. Times are `<days from the base date> <HH:MM UTC>`.
 */
export interface BookingPlan {
  customer: CustomerKey
  bookedAt: string
  start: string
  replaces?: string
  canceledAt?: string
  cancelReason?: string
  noShowAt?: string
}

/** The bookings of the sample day, by name. */
export const bookings = {
  marta: { customer: 'marta', bookedAt: '-2 08:12', start: '0 07:30' },
  daniel: { customer: 'daniel', bookedAt: '-2 09:40', start: '0 08:00' },
  yuki: { customer: 'yuki', bookedAt: '-2 23:05', start: '0 06:00' },
  zoe: { customer: 'zoe', bookedAt: '-1 07:25', start: '0 08:30' },
  priya: { customer: 'priya', bookedAt: '-1 05:50', start: '0 05:00' },
  lucas: { customer: 'lucas', bookedAt: '-1 14:18', start: '0 13:00' },
  hannah: { customer: 'hannah', bookedAt: '-1 10:02', start: '2 10:00' },
  ravindra: { customer: 'ravindra', bookedAt: '-1 04:44', start: '1 05:30' },
  meiling: { customer: 'meiling', bookedAt: '0 02:15', start: '3 02:00' },
  omar: {
    customer: 'omar',
    bookedAt: '-2 12:30',
    start: '1 09:00',
    canceledAt: '0 09:10',
    cancelReason: 'No time before the holidays'
  },
  sofia: {
    customer: 'sofia',
    bookedAt: '-1 17:00',
    start: '1 17:00',
    canceledAt: '-1 17:05',
    cancelReason: 'Booked by mistake'
  },
  liam: { customer: 'liam', bookedAt: '-2 10:20', start: '-1 15:00', canceledAt: '-1 11:00' },
  'liam-moved': { customer: 'liam', bookedAt: '-1 11:00', start: '0 11:00', replaces: 'liam' },
  ingrid: { customer: 'ingrid', bookedAt: '-2 13:33', start: '0 12:00', canceledAt: '0 08:45' },
  'ingrid-moved': { customer: 'ingrid', bookedAt: '0 08:45', start: '2 12:00', replaces: 'ingrid' },
  ahmed: { customer: 'ahmed', bookedAt: '-3 10:10', start: '-1 10:00', canceledAt: '-2 16:00' },
  'ahmed-moved': {
    customer: 'ahmed',
    bookedAt: '-2 16:00',
    start: '-1 16:00',
    replaces: 'ahmed',
    canceledAt: '-1 09:30'
  },
  'ahmed-moved-again': { customer: 'ahmed', bookedAt: '-1 09:30', start: '0 14:00', replaces: 'ahmed-moved' },
  emily: { customer: 'emily', bookedAt: '-2 18:20', start: '0 15:00', noShowAt: '0 15:20' },
  noah: { customer: 'noah', bookedAt: '-1 19:45', start: '0 16:00' },
  viktor: { customer: 'viktor', bookedAt: '-2 07:05', start: '0 09:00' },
  'viktor-again': { customer: 'viktor', bookedAt: '0 10:15', start: '5 09:00' },
  isabella: { customer: 'isabella', bookedAt: '-2 11:11', start: '0 09:30', noShowAt: '0 09:50' },
  'isabella-again': { customer: 'isabella', bookedAt: '0 12:40', start: '1 14:00' },
  jack: { customer: 'jack', bookedAt: '-2 22:30', start: '0 04:00' },
  fatima: { customer: 'fatima', bookedAt: '-1 06:35', start: '0 10:00' },
  pierre: { customer: 'pierre', bookedAt: '-1 08:50', start: '0 13:30' },
  anna: { customer: 'anna', bookedAt: '0 11:25', start: '2 09:00' },
  william: { customer: 'william', bookedAt: '-2 15:55', start: '0 16:30' },
  kateryna: { customer: 'kateryna', bookedAt: '-1 09:15', start: '0 12:00' }
} as const satisfies Record<string, BookingPlan>

export type BookingKey = keyof typeof bookings
