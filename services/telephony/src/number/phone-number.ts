export { isPhoneNumber, phoneNumber } from '@leadlog/call-flow'
