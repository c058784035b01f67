// What was typed or ticked on a page and not sent yet.
const SECRET = ['receipt', 'recovery_key'] // what opens things is never held, only typed again

// The forms that hold something nobody has taken yet. A page that answers a form (data-unsent on
// the body) shows it because it was not taken: then all that is in it counts.
export function typedForms () {
  const isNew = document.body.dataset.unsent === undefined ? isChanged : isFilled
  return [...document.querySelectorAll('main form[method=post]')].filter(form =>
    !form.querySelector('[type=password]') &&
    [...form.elements].some(field => !SECRET.includes(field.name) && isNew(field)))
}

function isChanged (field) {
  if (isBox(field)) return field.checked !== field.defaultChecked
  if (field.options) return field.selectedIndex !== firstChoice(field)
  return isFilled(field) ? field.value !== field.defaultValue : isText(field) && !!field.defaultValue
}

function isFilled (field) {
  if (isBox(field)) return field.checked
  if (field.options) return field.selectedIndex > 0
  return isText(field) ? !!field.value.trim() : !!field.files?.length
}

const isBox = field => field.type === 'checkbox' || field.type === 'radio'
const isText = field => field.type === 'textarea' || field.type === 'text'
const firstChoice = ({ options }) => Math.max([...options].findIndex(one => one.defaultSelected), 0)

export function takeOutSecrets (form) {
  for (const field of [...form.elements]) {
    if (SECRET.includes(field.name)) (field.closest('.govuk-form-group') ?? field).remove()
  }
}

// Sent by the page's own keep button; true when the server took it.
export async function kept (forms, address) {
  const button = forms.map(form => form.querySelector('[data-keep]')).find(Boolean)
  if (!button) return false
  const to = new URL(button.getAttribute('formaction') || button.form.getAttribute('action') || '', address)
  try {
    const body = new FormData(button.form, button)
    body.append('left_alone', 'yes') // nobody is there to read what the next page says
    return (await fetch(to, { method: 'POST', body, redirect: 'manual' })).type === 'opaqueredirect'
  } catch {
    return false
  }
}

// How what was typed begins: the first words of the first box with so many in it.
export function beginning (forms, many) {
  const texts = forms.flatMap(form => [...form.elements]).filter(isText).map(field => wordsOf(field.value))
  return texts.find(words => words.length >= many)?.slice(0, many)
}

export function wordsOf (text) {
  const plain = text.slice(0, 500).normalize('NFKD').toLowerCase().replace(/[\p{M}'’]/gu, '')
  if (!Intl.Segmenter) return plain.match(/[\p{L}\p{N}]+/gu) ?? []
  const parts = new Intl.Segmenter('en-GB', { granularity: 'word' }).segment(plain)
  return [...parts].filter(part => part.isWordLike).map(part => part.segment)
}

// Capitals, commas and accents make no difference; long words may be spelt another way.
export function sameBeginning (words, typed) {
  return words.every((word, place) => {
    const other = typed[place] ?? ''
    const long = word.length > 4 && other.length > 4
    return word === other || (long && word.slice(0, 2) === other.slice(0, 2))
  })
}
