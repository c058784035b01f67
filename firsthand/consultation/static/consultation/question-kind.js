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
    const box = form.querySelector(`[name="${name}"]`)
    if (box) box.closest('.govuk-form-group').hidden = !kinds.includes(chosen())
  }
}

form.addEventListener('change', event => { if (event.target.name === 'kind') show() })
show()
