// After some quiet minutes the page closes, here as the sitting does on the server. While somebody
// types, in this window or another, both are kept going; two minutes before the end we ask.
// What becomes of the page and of what was typed: cover.js.
import { closePage } from './cover.js'

const MINUTE = 60_000
const ASK_BEFORE = 2 * MINUTE
const TELL_EVERY = 3 * MINUTE

export function quietNotice () {
  const { quietMinutes, stay, sitting } = document.body.dataset
  const asks = document.querySelector('main form[method=post]')
  if (!quietMinutes || (sitting === undefined && !asks)) return
  const end = quietMinutes * MINUTE
  const windows = new BroadcastChannel('here')
  let seen = Date.now() // when somebody did something, in this window or another
  let told = seen // when the server and the other windows were last told
  let own = seen // when somebody did something in this window
  let box = null
  let closed = false

  const awake = when => {
    seen = Math.max(seen, when)
    box?.remove()
    box = null
  }
  const tell = () => {
    told = Date.now()
    windows.postMessage(own)
    if (sitting !== undefined) fetch(stay, { cache: 'no-store' }).catch(() => {})
  }
  const here = () => {
    if (Date.now() - seen > end) return look()
    own = Date.now()
    awake(own)
    if (own - told >= TELL_EVERY) tell()
  }
  const stillHere = () => { told = 0; here() }
  const openedAgain = () => { closed = false; seen = Date.now(); stillHere() }
  const look = () => {
    if (closed) return
    const now = Date.now()
    // So that the server never ends before we do, with words of the last minutes unkept.
    if (own > told && now - told >= TELL_EVERY) tell()
    if (now - seen > end) {
      closed = true
      awake(seen)
      closePage(openedAgain)
    } else if (now - seen > end - ASK_BEFORE && !box) {
      box = ask(stillHere)
    }
  }
  windows.onmessage = ({ data }) => { if (!closed && Date.now() - seen <= end) awake(data) }
  for (const what of ['keydown', 'pointerdown', 'scroll', 'input']) {
    document.addEventListener(what, () => { if (!box && !closed) here() }, { passive: true })
  }
  setInterval(look, 5000)
  document.addEventListener('visibilitychange', look)
  window.addEventListener('focus', look)
}

function ask (stillHere) {
  const words = 'You have been quiet for a while. To keep you safe, this page closes in 2 minutes.'
  const box = document.createElement('div')
  box.className = 'soon'
  box.setAttribute('role', 'alertdialog')
  box.setAttribute('aria-label', words)
  box.innerHTML = '<p></p><button type="button" class="govuk-button">I am still here</button>'
  box.firstChild.textContent = words
  box.lastChild.addEventListener('click', stillHere)
  document.body.append(box)
  box.lastChild.focus()
  return box
}
