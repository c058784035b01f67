// Typing sheets of paper in by the keyboard alone: Enter goes on, a number chooses a step.
const form = document.querySelector('.entering')
const stops = () => [...form.querySelectorAll('input:not([type="hidden"]), textarea, button:not([disabled])')]
const group = box => box.type === 'radio' ? box.name : box

// One stop for each box, and one for each group of radio buttons.
function onward (box) {
  const all = stops()
  const next = all.slice(all.indexOf(box) + 1).find(each => group(each) !== group(box) && each.type !== 'checkbox')
  if (!next) return
  const there = next.type === 'radio' ? form.querySelector(`[name="${next.name}"]:checked`) || next : next
  there.focus()
  if (there.type === 'text') there.select()
}

form.addEventListener('keydown', event => {
  const box = event.target
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault()
    form.requestSubmit(stops().at(-1))
  } else if (event.key === 'Enter' && box.tagName === 'INPUT') {
    event.preventDefault()
    onward(box)
  } else if (box.type === 'radio' && /^[0-9]$/.test(event.key)) {
    const step = form.querySelector(`[name="${box.name}"][value="${event.key}"]`)
    if (!step) return
    event.preventDefault()
    step.checked = true
    onward(step)
  }
})
document.querySelector('[data-keys]').hidden = false
