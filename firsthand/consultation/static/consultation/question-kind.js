// Of the boxes of a question, only those that go with its kind. Without this script all stand there.
const GOES_WITH = {
  listed: ['order', 'sets', 'rate', 'about'], own: ['order', 'sets', 'rate', 'about'],
  reason: ['about'], most: ['order'], size: ['sets'], times: ['sets'], steps: ['rate'],
  additions: ['order', 'sets', 'rate']
}
const form = document.querySelector('main form')
const chosen = () => form.querySelector('[name="kind"]:checked')?.value

function show () {
  for (const [name, kinds] of Object.entries(GOES_WITH)) {
    const group = form.querySelector(`[name="${name}"]`)?.closest('.govuk-form-group')
    const wrong = group?.querySelector('.govuk-error-message')
    if (group) group.hidden = !wrong && !kinds.includes(chosen())
  }
}

form.addEventListener('change', event => { if (event.target.name === 'kind') show() })
show()
