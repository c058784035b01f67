// The sitting ends after some quiet minutes, here as on the server. While somebody types, in this
// window or another, it is kept going; two minutes before its end we ask. At its end the page goes.
// What was typed and not sent is kept through the page's keep button if it has one; if not, it
// stays, covered. On a page that answers a form (data-unsent) all that is in the boxes is unsent.
import { endSitting } from './leave.js'

const MINUTE = 60_000
const ASK_BEFORE = 2 * MINUTE
const TELL_EVERY = 3 * MINUTE

export function quietNotice () {
  const { quietMinutes, stay } = document.body.dataset
  if (!quietMinutes) return
  const end = quietMinutes * MINUTE
  const windows = new BroadcastChannel('here')
  let seen = Date.now()
  let told = Date.now()
  let box = null

  const awake = () => {
    seen = Date.now()
    if (box && !box.dataset.over) {
      box.remove()
      box = null
    }
  }
  const here = () => {
    if (box?.dataset.over || Date.now() - seen > end) return
    awake()
    if (Date.now() - told < TELL_EVERY) return
    told = Date.now()
    windows.postMessage('here')
    fetch(stay, { cache: 'no-store' }).catch(() => {})
  }
  const stillHere = () => { told = 0; here() }
  const look = () => {
    const quiet = Date.now() - seen
    if (box?.dataset.over) return
    if (quiet > end) {
      box?.remove()
      box = cover()
      finish(box)
    } else if (quiet > end - ASK_BEFORE && !box) {
      box = ask(stillHere)
    }
  }
  windows.onmessage = awake
  for (const what of ['keydown', 'pointerdown', 'scroll', 'input']) {
    document.addEventListener(what, () => { if (!box) here() }, { passive: true })
  }
  setInterval(look, 5000)
  document.addEventListener('visibilitychange', look)
}

function say (words, kind) {
  const box = document.createElement('div')
  box.className = 'soon ' + kind
  box.setAttribute('role', 'alertdialog')
  box.setAttribute('aria-label', words)
  const line = document.createElement('p')
  line.textContent = words
  box.append(line)
  document.body.append(box)
  return box
}

function press (box, words, does) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'govuk-button'
  button.textContent = words
  button.addEventListener('click', does)
  box.append(button)
  button.focus()
}

function ask (stay) {
  const box = say('You have been quiet for a while. To keep you safe, this page closes in 2 minutes.', '')
  press(box, 'I am still here', stay)
  return box
}

function cover () {
  const box = say('This page has closed, to keep you safe.', 'soon--over')
  box.dataset.over = 'yes'
  return box
}

async function finish (box) {
  if (!typed() || await kept()) {
    endSitting()
    location.replace(document.body.dataset.front)
  } else {
    press(box, 'Show what I was typing', () => { box.hidden = true })
  }
}

function typed () {
  const fields = document.querySelectorAll('main textarea, main input[type=text]')
  const unsent = document.body.dataset.unsent !== undefined
  return [...fields].some(field => field.value !== (unsent ? '' : field.defaultValue))
}

async function kept () {
  const button = document.querySelector('[data-keep]')
  if (!button) return false
  const body = new FormData(button.form, button)
  try {
    const said = await fetch(button.formAction || location.href, { method: 'POST', body, redirect: 'manual' })
    return said.ok || said.type === 'opaqueredirect'
  } catch {
    return false
  }
}
