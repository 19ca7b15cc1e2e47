export { keptOfEvent, type KeptEvent } from './kept-of-event.ts'
