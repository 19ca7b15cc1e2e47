import { useMe } from '../../api/session.ts'
import { Fact, Facts, PageHead, ScrollingPage, Section } from '../../design/page.tsx'
import { roleWord } from '../../words/people.ts'
import { Devices } from './devices.tsx'
import { SecondFactor } from './second-factor.tsx'

/** Who one is here, how one signs in, and where one is signed in. */
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
              <Fact name="Role">{roleWord(user.role)}</Fact>
            </Facts>
          </div>
        </Section>
      )}
      <SecondFactor />
      <Devices />
    </ScrollingPage>
  )
}
