// A form pressed twice is sent once. The server refuses doubles too; this spares people the wait.
export function sendOnce () {
  const sent = new WeakSet()
  document.addEventListener('submit', event => {
    const form = event.target
    if (form.dataset.once === undefined || event.defaultPrevented) return
    if (sent.has(form)) return event.preventDefault()
    sent.add(form)
    // Later, so that the pressed button's own name is sent along.
    setTimeout(() => mark(form, true), 0)
    // If no page comes (the line is down), let it be tried again.
    setTimeout(() => { sent.delete(form); mark(form, false) }, 8000)
  })
  window.addEventListener('pageshow', event => {
    if (event.persisted) document.querySelectorAll('form').forEach(form => mark(form, false))
  })
}

function mark (form, busy) {
  for (const button of form.querySelectorAll('.govuk-button')) {
    if (busy) button.setAttribute('aria-disabled', 'true')
    else button.removeAttribute('aria-disabled')
  }
}
