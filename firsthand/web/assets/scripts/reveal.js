// A choice that opens more questions below it. Without a script they are simply there.
// The kit's own script says aria-expanded on radios, which radios may not say; hence this one.
export function revealWithChoice () {
  for (const input of document.querySelectorAll('[data-aria-controls]')) {
    input.setAttribute('aria-controls', input.dataset.ariaControls)
  }
  document.addEventListener('change', event => {
    leaveOutTheRest(event.target)
    showAll()
  })
  window.addEventListener('pageshow', showAll)
  showAll()
}

function showAll () {
  for (const input of document.querySelectorAll('input[data-aria-controls]')) {
    const part = document.getElementById(input.dataset.ariaControls)
    part?.classList.toggle(`govuk-${input.type === 'radio' ? 'radios' : 'checkboxes'}__conditional--hidden`, !input.checked)
  }
}

// "None of these" and the rest put each other out.
function leaveOutTheRest (chosen) {
  if (chosen.type !== 'checkbox' || !chosen.checked) return
  const alone = input => input.dataset.behaviour === 'exclusive'
  for (const other of document.getElementsByName(chosen.name)) {
    if (other !== chosen && other.form === chosen.form && (alone(chosen) || alone(other))) other.checked = false
  }
}
