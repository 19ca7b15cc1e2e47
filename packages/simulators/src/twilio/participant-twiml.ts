const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** Parameters of the API and the attributes that say the same in TwiML. */
const attributes: Readonly<Record<string, string>> = {
  Label: 'participantLabel',
  Muted: 'muted',
  Beep: 'beep',
  StartConferenceOnEnter: 'startConferenceOnEnter',
  EndConferenceOnExit: 'endConferenceOnExit',
  ConferenceRecord: 'record',
  ConferenceRecordingStatusCallback: 'recordingStatusCallback',
  ConferenceStatusCallback: 'statusCallback'
}

/** What somebody does who is dialled into a conference: whoever answers is in it. */
export const participantTwiml = (form: URLSearchParams, conference: string): string => {
  const given = Object.entries(attributes).flatMap(([name, attribute]): [string, string][] => {
    const value = form.get(name)
    if (value === null) return []
    return [[attribute, attribute === 'record' ? (value === 'true' ? 'record-from-start' : value) : value]]
  })
  const events = form.getAll('ConferenceStatusCallbackEvent').join(' ')
  if (events !== '') given.push(['statusCallbackEvent', events])
  const written = given.map(([name, value]) => ` ${name}="${escaped(value)}"`).join('')
  return `<Response><Dial><Conference${written}>${escaped(conference)}</Conference></Dial></Response>`
}
