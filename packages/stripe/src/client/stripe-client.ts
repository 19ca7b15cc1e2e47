/** A Checkout session as far as anybody here asks. */
export interface StripeSession {
  readonly id: string
  /** `open`, `complete`, `expired`. */
  readonly status: string | null
  /** Where the customer pays; null once it is not open. */
  readonly url: string | null
  readonly expiresAt: Date
  readonly metadata: Readonly<Record<string, string>>
}

/** A page to pay one amount on. Amounts are counted as Stripe counts. */
export interface NewSession {
  readonly customerId: string
  readonly amount: number
  readonly currency: string
  /** What is paid for, as the customer reads it. */
  readonly title: string
  /** Ours; also on the payment that comes of it, so that what happens to it later can be told. */
  readonly metadata: Readonly<Record<string, string>>
  readonly reference: string
  readonly successUrl: string
  readonly cancelUrl: string
}

/** Money that goes back. Amounts are counted as Stripe counts. */
export interface StripeRefund {
  readonly id: string
  /** `succeeded`, `pending`, `requires_action`, `failed`, `canceled`. */
  readonly status: string | null
  readonly amount: number
  /** All that went back of the payment until then, this included. */
  readonly refundedInAll: number
  /** Absent from answers that were kept before it was asked for. */
  readonly createdAt?: string
}

/** The account of the key. */
export interface StripeAccount {
  readonly id: string
  readonly name: string | null
  readonly takesCharges: boolean
}

/** Stripe, as far as billing needs it. Errors are those of the vendor client. */
export interface StripeClient {
  /** The customer that carries our id of the person; null where there is none. */
  findCustomer(personId: string, email: string): Promise<string | null>
  createCustomer(customer: { personId: string; email: string; name: string }, idempotencyKey: string): Promise<string>
  createSession(session: NewSession, idempotencyKey: string): Promise<StripeSession>
  /** The newest session of a customer that has all of this metadata. */
  findSession(customerId: string, metadata: Readonly<Record<string, string>>): Promise<StripeSession | null>
  session(id: string): Promise<StripeSession>
  /** Closes a page; one that is closed or paid stays as it is. */
  expireSession(id: string): Promise<void>
  /** Our metadata of a payment. */
  paymentMetadata(paymentIntentId: string): Promise<Readonly<Record<string, string>>>
  createRefund(
    refund: { paymentIntentId: string; amount: number; metadata: Readonly<Record<string, string>> },
    idempotencyKey: string
  ): Promise<StripeRefund>
  /** The refund of a payment that has all of this metadata; null where there is none. */
  findRefund(paymentIntentId: string, metadata: Readonly<Record<string, string>>): Promise<StripeRefund | null>
  /** Deletes a customer with everything that Stripe shows of them; false where there is none any more. */
  deleteCustomer(id: string): Promise<boolean>
  /** Whose the key is. */
  account(): Promise<StripeAccount>
  close(): Promise<void>
}
