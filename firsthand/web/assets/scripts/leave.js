// Exit this page: cover the screen at once, end the sitting, put a neutral page in this one's place.
// Shift pressed three times does the same. Other windows on this site go too.
const WITHIN = 1500 // milliseconds from the first press to the third

const link = document.querySelector('[data-leave]')
const windows = new BroadcastChannel('leave')

export function leaveQuickly () {
  if (!link) return
  link.addEventListener('click', event => {
    event.preventDefault()
    leave()
  })
  windows.onmessage = go
  threeShifts()
  // A page brought back whole by the Back button is fetched anew: the sitting may have ended.
  window.addEventListener('pageshow', event => {
    if (event.persisted) location.reload()
  })
}

export function endSitting () {
  navigator.sendBeacon(link.href)
}

function leave () {
  windows.postMessage('leave')
  endSitting()
  go()
}

function go () {
  const cover = document.createElement('div')
  cover.className = 'left'
  document.title = ' '
  document.body.replaceChildren(cover)
  location.replace(link.dataset.leave)
}

function threeShifts () {
  const voice = document.createElement('div')
  voice.className = 'govuk-visually-hidden'
  voice.setAttribute('role', 'status')
  document.body.append(voice)
  let presses = 0
  let first = 0
  document.addEventListener('keydown', event => {
    if (event.key !== 'Shift') presses = 0
  })
  document.addEventListener('keyup', event => {
    if (event.key !== 'Shift') return
    if (presses === 0 || event.timeStamp - first > WITHIN) {
      presses = 0
      first = event.timeStamp
    }
    presses += 1
    if (presses === 3) return leave()
    voice.textContent = presses === 1
      ? 'Shift, press 2 more times to exit.'
      : 'Shift, press 1 more time to exit.'
    setTimeout(() => { voice.textContent = '' }, WITHIN)
  })
}
