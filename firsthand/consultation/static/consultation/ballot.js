// Putting in order with buttons or by dragging. The number boxes are what is sent: without this
// script people write the numbers themselves, and equal places are always written there.
const say = (ballot, words) => { ballot.querySelector('[data-said]').textContent = words }
const box = item => item.querySelector('input[type="text"]')
const away = item => item.querySelector('input[type="checkbox"]')
const name = item => item.querySelector('.ballot__label').textContent
const placed = ballot => [...ballot.querySelectorAll('[data-item]')]
  .filter(item => Number(box(item).value) > 0)
  .sort((one, other) => box(one).value - box(other).value)

function number (ballot, items) {
  items.forEach((item, at) => { box(item).value = at + 1; away(item).checked = false })
  show(ballot)
}

function show (ballot) {
  const list = ballot.querySelector('.ballot__items')
  const first = placed(ballot)
  const rest = [...list.children].filter(item => !first.includes(item))
  const held = document.activeElement
  for (const item of [...first, ...rest]) list.append(item)
  mark(ballot)
  if (held && list.contains(held)) (held.hidden ? held.parentElement.querySelector('button:not([hidden])') : held)?.focus()
}

// Which buttons go with each line. While someone types no line moves: what they are about to press
// would slip away from under the pointer.
function mark (ballot) {
  const first = placed(ballot)
  for (const item of ballot.querySelectorAll('[data-item]')) {
    const inside = first.includes(item)
    item.draggable = inside
    item.querySelector('[data-do="add"]').hidden = inside
    for (const each of item.querySelectorAll('[data-do="up"],[data-do="down"],[data-do="out"]')) each.hidden = !inside
  }
}

function act (ballot, item, what) {
  const order = placed(ballot)
  const at = order.indexOf(item)
  if (what === 'add') {
    if (order.length >= Number(ballot.dataset.most)) return say(ballot, `You have chosen ${order.length} already. Take one out first.`)
    order.push(item)
  } else if (what === 'out') {
    order.splice(at, 1); box(item).value = ''
  } else {
    const to = at + (what === 'up' ? -1 : 1)
    if (to < 0 || to >= order.length) return
    order.splice(at, 1); order.splice(to, 0, item)
  }
  number(ballot, order)
  say(ballot, what === 'out' ? `${name(item)} is taken out.` : `${name(item)} is number ${order.indexOf(item) + 1} of ${order.length}.`)
}

function button (ballot, item, what, words) {
  const made = document.createElement('button')
  made.type = 'button'
  made.dataset.do = what
  made.append(words)
  const more = document.createElement('span')
  more.className = 'govuk-visually-hidden'
  more.textContent = ` ${name(item)}`
  made.append(more)
  made.addEventListener('click', () => act(ballot, item, what))
  return made
}

function drag (ballot, item) {
  item.addEventListener('dragstart', event => { event.dataTransfer.effectAllowed = 'move'; item.classList.add('is-moving') })
  item.addEventListener('dragend', () => item.classList.remove('is-moving'))
  item.addEventListener('dragover', event => { if (box(item).value) event.preventDefault() })
  item.addEventListener('drop', event => {
    event.preventDefault()
    const moving = ballot.querySelector('.is-moving')
    const order = placed(ballot)
    const to = order.indexOf(item)
    if (!moving || moving === item || to < 0) return
    order.splice(order.indexOf(moving), 1)
    order.splice(to, 0, moving)
    number(ballot, order)
    say(ballot, `${name(moving)} is number ${to + 1} of ${order.length}.`)
  })
}

for (const ballot of document.querySelectorAll('[data-ballot]')) {
  for (const item of ballot.querySelectorAll('[data-item]')) {
    const buttons = document.createElement('span')
    buttons.className = 'ballot__buttons'
    for (const [what, words] of [['add', 'Choose'], ['up', 'Up'], ['down', 'Down'], ['out', 'Take out']]) buttons.append(button(ballot, item, what, words))
    item.querySelector('.ballot__label').after(buttons)
    drag(ballot, item)
    box(item).addEventListener('input', () => mark(ballot))
    away(item).addEventListener('change', () => { if (away(item).checked) { box(item).value = ''; show(ballot) } })
  }
  show(ballot)
}
