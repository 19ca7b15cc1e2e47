import { Button } from '@heroui/react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { toast } from 'sonner'
import { write } from '../../api/write.ts'
import { FormDialog } from '../../design/form-dialog.tsx'
import { Choice, Field, Refusal } from '../../design/field.tsx'
import { ROLES, type Role } from '../../words/people.ts'

/** Lets somebody sign in: a button, and what it asks. */
export function InviteForm() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="sm" variant="primary" onPress={() => setOpen(true)}>
        <UserPlus aria-hidden size={14} /> Invite
      </Button>
      {open ? <InviteDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function InviteDialog({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient()
  const [email, setEmail] = useState('')
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('user')
  const invite = useMutation({
    mutationFn: (body: { email: string; name: string | null; role: Role }) => write('POST', '/v1/users', body),
    onSuccess: (_answer, { email: invited }) => {
      toast.success(`${invited} may sign in now. Tell them to ask for a link at ${location.origin}`)
      onClose()
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['/v1/users'] })
  })
  return (
    <FormDialog
      title="Invite somebody"
      word="Invite"
      working={invite.isPending}
      onClose={onClose}
      onSubmit={() => invite.mutate({ email: email.trim(), name: name.trim() === '' ? null : name.trim(), role })}
    >
      <Field
        label="E-mail address"
        type="email"
        name="email"
        required
        autoFocus
        maxLength={254}
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        help="They sign in with a link that is mailed to it. Leads whose meetings it hosts are theirs."
      />
      <Field
        label="Name, if you like"
        name="name"
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Choice label="Role" value={role} options={ROLES} onChange={(chosen) => setRole(chosen as Role)} />
      <p className="text-xs text-muted">{ROLES.find(({ value }) => value === role)?.means}</p>
      <Refusal>{invite.isError ? invite.error.message : null}</Refusal>
    </FormDialog>
  )
}
