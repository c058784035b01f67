// The search builder: queries that follow the typing, and buttons that copy. All can do without.
const WAIT = 500 // milliseconds after the last key

function copying (within) {
  for (const box of within.querySelectorAll('textarea[data-copy]')) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'govuk-button govuk-button--secondary query__copy'
    button.textContent = 'Copy'
    const about = document.createElement('span')
    about.className = 'govuk-visually-hidden'
    about.textContent = ' for ' + document.getElementById(box.getAttribute('aria-labelledby')).textContent
    button.append(about)
    button.addEventListener('click', () => copy(box, button))
    box.after(button)
  }
}

async function copy (box, button) {
  box.select()
  try {
    await navigator.clipboard.writeText(box.value)
  } catch {
    document.execCommand('copy') // where the page is not served over https
  }
  button.firstChild.textContent = 'Copied'
  setTimeout(() => { button.firstChild.textContent = 'Copy' }, 2000)
}

function following (form, place) {
  let clock = 0
  let asked = 0
  form.addEventListener('input', () => {
    clearTimeout(clock)
    clock = setTimeout(look, WAIT)
  })
  async function look () {
    const mine = ++asked
    const sent = new FormData(form)
    sent.set('do', 'show')
    try {
      const answer = await fetch(form.action, { method: 'POST', body: sent })
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const fresh = page.querySelector('[data-queries]')
      if (!fresh || mine !== asked) return
      place.replaceChildren(...fresh.childNodes)
      copying(place)
    } catch { /* the line is down: the button “Show the queries” says so */ }
  }
}

const form = document.querySelector('[data-build]')
copying(document)
if (form) following(form, document.querySelector('[data-queries]'))
