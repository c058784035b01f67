// Keys for screening. All of it can be done without; the keys can be switched off (WCAG 2.1.4).
const NAME = 'firsthand-screening-keys'
const panels = document.querySelectorAll('[data-keys]')
const button = document.querySelector('[data-keys-switch]')
let on = true
try { on = localStorage.getItem(NAME) !== 'off' } catch { /* no storage: keys are on */ }

function show () {
  button.setAttribute('aria-pressed', String(on))
  button.textContent = on ? 'Keys are on' : 'Keys are off'
}

function press (key) {
  const target = document.querySelector(`[data-key="${key}"]`)
  if (!target && /^[1-9]$/.test(key)) {
    document.querySelector(`input[name="reasons"][value="${key}"]`)?.click()
    return true
  }
  target?.click()
  return target !== null
}

document.addEventListener('keydown', event => {
  if (!on || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
  if (event.target.closest?.('textarea, select, input:not([type="checkbox"])')) return
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  if (press(key)) event.preventDefault()
})

if (panels.length && button) {
  panels.forEach(panel => { panel.hidden = false })
  show()
  button.addEventListener('click', () => {
    on = !on
    try { localStorage.setItem(NAME, on ? 'on' : 'off') } catch { /* for this page only */ }
    show()
  })
}
