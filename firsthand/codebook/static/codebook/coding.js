// Choosing words of a text by keys or by mouse, and coding them. All of it can be done without; the
// keys can be switched off (WCAG 2.1.4). Places are Unicode code points, as the server counts them:
// a browser counts UTF-16 units, so every distance is measured in characters ([...text].length).
const NAME = 'firsthand-coding-keys'
const text = document.querySelector('[data-text]')
const form = document.querySelector('#code')
const said = document.querySelector('[data-said]')
const units = [...text.querySelectorAll('.unit')]
let on = true
try { on = localStorage.getItem(NAME) !== 'off' } catch { /* no storage: keys are on */ }
let from = -1 // the sentence a choice began in
let to = -1
let words = null // or within one sentence: its words, and which of them are chosen

const count = string => [...string].length

function pieces (unit) {
  const walker = document.createTreeWalker(unit, NodeFilter.SHOW_TEXT, {
    acceptNode: node => node.parentElement.closest('[data-skip]') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT
  })
  const found = []
  while (walker.nextNode()) found.push(walker.currentNode)
  return found
}

const inside = unit => pieces(unit).map(node => node.data).join('')
const begins = unit => Number(unit.dataset.start)

// Where in the text a place in the page is: code points.
function place (node, offset, atEnd) {
  const range = document.createRange()
  const near = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node.childNodes[offset - (atEnd ? 1 : 0)] ?? node)
  const unit = near.nodeType === Node.ELEMENT_NODE ? near.closest('.unit') : near.parentElement?.closest('.unit')
  if (!unit) return null
  range.setStart(unit, 0)
  range.setEnd(node, offset)
  let at = begins(unit)
  for (const each of pieces(unit)) {
    if (!range.intersectsNode(each)) break
    const stops = each === node ? offset : each.data.length
    at += count(each.data.slice(0, stops))
    if (each === node) break
  }
  return { at, unit }
}

function choose (start, end, shown) {
  form.elements.start.value = start
  form.elements.end.value = end
  form.querySelector('[data-words]').textContent = shown
  form.querySelector('[data-chosen]').hidden = false
}

function clear () {
  form.elements.start.value = ''
  form.elements.end.value = ''
  form.querySelector('[data-chosen]').hidden = true
  units.forEach(unit => unit.classList.remove('chosen'))
}

function chooseUnits () {
  const [low, high] = [Math.min(from, to), Math.max(from, to)]
  units.forEach((unit, at) => unit.classList.toggle('chosen', at >= low && at <= high))
  const last = units[high]
  const end = begins(last) + count(inside(last))
  choose(begins(units[low]), end, units.slice(low, high + 1).map(inside).join(' '))
  getSelection().removeAllRanges()
}

function go (at, extend) {
  if (at < 0 || at >= units.length) return
  words = null
  to = at
  if (!extend) from = at
  units[at].tabIndex = 0
  units.forEach((unit, each) => { if (each !== at) unit.tabIndex = -1 })
  units[at].focus()
  chooseUnits()
  if (extend) say(`${Math.abs(to - from) + 1} sentences chosen`)
}

function say (sentence) { said.textContent = sentence }

// Words of the sentence in hand, as places within it in UTF-16 units.
function wordsOf (unit) {
  return [...inside(unit).matchAll(/\S+/g)].map(found => [found.index, found.index + found[0].length])
}

function stepWord (by, extend) {
  const unit = units[to]
  if (!words) {
    const all = wordsOf(unit)
    if (!all.length) return
    const at = by > 0 ? 0 : all.length - 1
    words = { all, first: at, last: at }
  } else if (extend) {
    words.last = Math.min(Math.max(words.last + by, 0), words.all.length - 1)
  } else {
    const at = Math.min(Math.max(words.last + by, 0), words.all.length - 1)
    words.first = words.last = at
  }
  const [low, high] = [Math.min(words.first, words.last), Math.max(words.first, words.last)]
  chooseWithin(unit, words.all[low][0], words.all[high][1])
}

function chooseWithin (unit, low, high) {
  const whole = inside(unit)
  const start = begins(unit) + count(whole.slice(0, low))
  const shown = whole.slice(low, high)
  units.forEach(each => each.classList.remove('chosen'))
  choose(start, start + count(shown), shown)
  const [one, other] = [spot(unit, low, false), spot(unit, high, true)]
  getSelection().setBaseAndExtent(one[0], one[1], other[0], other[1])
  say(shown)
}

function spot (unit, at, atEnd) {
  let left = at
  for (const node of pieces(unit)) {
    if (left < node.data.length || (atEnd && left === node.data.length)) return [node, left]
    left -= node.data.length
  }
  return [unit, unit.childNodes.length]
}

function mouse () {
  const chosen = getSelection()
  if (!chosen.rangeCount || chosen.isCollapsed) return
  const range = chosen.getRangeAt(0)
  if (!text.contains(range.commonAncestorContainer)) return
  const one = place(range.startContainer, range.startOffset, false)
  const other = place(range.endContainer, range.endOffset, true)
  if (!one || !other || other.at <= one.at) return
  from = units.indexOf(one.unit)
  to = units.indexOf(other.unit)
  words = null
  units.forEach(unit => unit.classList.remove('chosen'))
  const clone = range.cloneContents()
  clone.querySelectorAll('[data-skip]').forEach(each => each.remove())
  choose(one.at, other.at, clone.textContent.trim())
}

function quick (digit) {
  const tick = form.querySelector(`[data-quick="${digit}"]`)
  if (!tick) return false
  tick.checked = form.elements.start.value === '' ? !tick.checked : true
  if (form.elements.start.value !== '') form.requestSubmit()
  return true
}

const inText = () => text.contains(document.activeElement)

function arrow (event) {
  const step = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 }[event.key]
  if (!step) return false
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') go(to < 0 ? 0 : to + step, event.shiftKey)
  else if (to >= 0) stepWord(step, event.shiftKey)
  return true
}

function press (event) {
  if (inText() && form) {
    if (arrow(event)) return true
    if (event.key === 'Escape' && to >= 0) { go(to, false); return true }
  }
  if (event.shiftKey && event.key !== '/') return false
  if (form && /^[1-9]$/.test(event.key)) return quick(event.key)
  if (event.key.toLowerCase() === 't') { go(Math.max(to, 0), false); return true }
  const target = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`)
  if (target?.hasAttribute('data-next') && to >= 0) {
    const at = new URL(target.href)
    at.searchParams.set('after', units[to].id.slice(1))
    target.href = at
  }
  target?.click()
  return Boolean(target)
}

document.addEventListener('keydown', event => {
  if (!on || event.ctrlKey || event.metaKey || event.altKey) return
  if (event.target.closest?.('textarea, select, input:not([type="checkbox"])')) return
  if (press(event)) event.preventDefault()
})

function filter (box) {
  const items = [...form.querySelectorAll('.ticks .govuk-checkboxes__item')]
  box.addEventListener('input', () => {
    const looked = box.value.trim().toLowerCase()
    items.forEach(item => {
      item.hidden = !item.textContent.toLowerCase().includes(looked) && !item.querySelector('input').checked
    })
  })
}

function ready () {
  document.querySelectorAll('[data-keys]').forEach(each => { each.hidden = false })
  const button = document.querySelector('[data-keys-switch]')
  const show = () => {
    button.setAttribute('aria-pressed', String(on))
    button.textContent = on ? 'Keys are on' : 'Keys are off'
  }
  button.addEventListener('click', () => {
    on = !on
    try { localStorage.setItem(NAME, on ? 'on' : 'off') } catch { /* for this page only */ }
    show()
  })
  show()
  const box = form.querySelector('[data-filter]')
  if (box) { box.hidden = false; filter(box.querySelector('input')) }
  for (const name of ['first', 'last', 'quote']) {
    form.elements[name].addEventListener('input', clear) // what is typed by hand counts then
  }
  document.addEventListener('selectionchange', () => { if (!inText() || !words) mouse() })
  text.addEventListener('focusin', event => {
    const at = units.indexOf(event.target)
    if (at >= 0 && at !== to) { from = to = at; words = null }
  })
  text.addEventListener('pointerdown', () => { words = null }) // what the mouse chooses counts now
  text.addEventListener('click', event => {
    const unit = event.target.closest('.unit')
    if (unit && getSelection().isCollapsed && !event.target.closest('a')) go(units.indexOf(unit), event.shiftKey)
  })
}

if (form && units.length) {
  units[0].tabIndex = 0
  ready()
}
const here = units.findIndex(unit => `#${unit.id}` === location.hash)
if (here >= 0) {
  if (form) go(here, false)
  else units[here].focus()
}
