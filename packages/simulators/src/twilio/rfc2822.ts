/** A moment as Twilio writes it, for example `Wed, 18 Nov 2026 16:00:07 +0000`. */
export const rfc2822 = (at: Date): string => at.toUTCString().replace('GMT', '+0000')
