import { useMe } from '../../api/session.ts'
import { Fact, Facts, PageHead, ScrollingPage, Section } from '../../design/page.tsx'
import { sentence } from '../../words/names.ts'
import { Devices } from './devices.tsx'

/** Who one is here, and where one is signed in. */
export default function MyAccount() {
  const { user } = useMe()
  return (
    <ScrollingPage name="My account">
      <PageHead title="My account">Who you are here, and where you are signed in.</PageHead>
      {user === null ? null : (
        <Section title="You">
          <div className="panel p-4">
            <Facts>
              {user.name === null ? null : <Fact name="Name">{user.name}</Fact>}
              <Fact name="E-mail">{user.email}</Fact>
              <Fact name="Role">{sentence(user.role)}</Fact>
            </Facts>
          </div>
        </Section>
      )}
      <Devices />
    </ScrollingPage>
  )
}
