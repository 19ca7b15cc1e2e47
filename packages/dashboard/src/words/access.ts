/** What a screen, or a part of one, wants of who is signed in. The gateway decides; this is what it will decide. */
export type Need = 'nothing' | 'session' | 'leads' | 'operations' | 'commands' | 'admin'

/** What the gateway says of who is signed in. */
export interface Rights {
  readonly scopes: readonly string[]
  readonly reads: string
  /** The person; null for a key. */
  readonly user: object | null
}

export function may(rights: Rights, need: Need): boolean {
  const has = (scope: string): boolean => rights.scopes.includes(scope)
  switch (need) {
    case 'nothing':
      return true
    case 'session':
      return rights.user !== null
    case 'leads':
      return has('read')
    case 'operations':
      return has('read') && rights.reads !== 'own'
    case 'commands':
      return has('command')
    case 'admin':
      return has('admin')
  }
}

/** Whether only rows of the person's own leads are to be seen. */
export function seesOwnOnly({ reads }: Rights): boolean {
  return reads === 'own'
}

/** Why somebody may not, and who can change it. */
export function whyNot(need: Need): string {
  switch (need) {
    case 'session':
      return 'This is about a person who is signed in; a key has no account of its own.'
    case 'admin':
      return 'Only admins decide who may what. An admin can give you that role.'
    case 'operations':
      return 'This shows the whole system. You see your own leads and meetings; a manager or an admin sees everything.'
    case 'commands':
      return 'This changes something, and you may only read. An admin can change that.'
    case 'leads':
    case 'nothing':
      return 'You may not read here. An admin can change that.'
  }
}
