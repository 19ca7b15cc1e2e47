import t from 'tap'
import { formatDeb822, parseDeb822, parseOneLine, withSuite } from './apt-sources.ts'

const DEB822 = `# The archive
Types: deb deb-src
# an older snapshot
URIs: http://archive.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://archive.example/debian-security
Suites: bookworm-security
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: https://vendor.example/apt
Suites: bookworm
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 mQINBF
 -----END PGP PUBLIC KEY BLOCK-----

Enabled: no
Types: deb
URIs: http://off.example/debian
Suites: bookworm
Components: main
`

const ONE_LINE = `# deb http://commented.example/debian bookworm main
deb [arch=amd64,arm64 signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://archive.example/debian bookworm main contrib # the archive
deb-src http://archive.example/debian bookworm main
deb http://archive.example/debian bookworm-updates main
deb cdrom:[Debian_12]/ bookworm main
deb https://vendor.example/apt stable vendor
`

void t.test('a .sources file is read', async (t) => {
  const sources = parseDeb822(DEB822)
  t.same(
    sources.map((source) => [source.uris, source.suites]),
    [
      [['http://archive.example/debian'], ['bookworm', 'bookworm-updates']],
      [['http://archive.example/debian-security'], ['bookworm-security']],
      [['https://vendor.example/apt'], ['bookworm']]
    ]
  )
  t.match(sources[2]?.fields['Signed-By'], /BEGIN PGP PUBLIC KEY BLOCK-----\n \.\n mQINBF/)
})

void t.test('a .list file is read', async (t) => {
  const [first, ...rest] = parseOneLine(ONE_LINE)
  t.same(first, {
    uris: ['http://archive.example/debian'],
    suites: ['bookworm'],
    components: ['main', 'contrib'],
    fields: { Architectures: 'amd64 arm64', 'Signed-By': '/usr/share/keyrings/debian-archive-keyring.gpg' }
  })
  t.same(rest.map((source) => source.suites[0]).includes('bookworm-updates'), true)
})

void t.test('only the distribution archive is pointed at the newest suite', async (t) => {
  for (const sources of [parseDeb822(DEB822), parseOneLine(ONE_LINE)]) {
    const newest = withSuite(sources, ['bookworm', 'stable'], 'sid')
    t.same(
      newest.map((source) => [source.uris[0], source.suites, source.fields['Signed-By']]),
      [['http://archive.example/debian', ['sid'], '/usr/share/keyrings/debian-archive-keyring.gpg']]
    )
  }
})

void t.test('an unsigned-by archive still serves, a third party with other components does not', async (t) => {
  const sources = parseOneLine(
    'deb http://archive.example/debian bookworm main\ndeb http://vendor.example/linux bookworm stable\n'
  )
  t.same(
    withSuite(sources, ['bookworm'], 'sid').map((source) => source.uris),
    [['http://archive.example/debian']]
  )
})

void t.test('what is written is read back the same', async (t) => {
  for (const sources of [parseDeb822(DEB822), parseOneLine(ONE_LINE)]) {
    t.same(parseDeb822(formatDeb822(sources)), sources)
  }
})
