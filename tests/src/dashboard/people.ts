/** Who may sign in to the system of the acceptance: one person in each role, of the fictional team of the sample day. */
export const PEOPLE = {
  admin: 'dana.whitfield@leadlog.example',
  manager: 'theo.brandt@leadlog.example',
  user: 'noor.haddad@leadlog.example'
} as const
