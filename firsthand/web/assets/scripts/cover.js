// When its quiet minutes are over, a page goes with all it showed. What was typed and not sent is
// kept by the page's keep button if it has one. If not, it is held in this window's memory, behind
// a plain page, for two hours at most. It comes back only by what its writer has: the keys that
// open this very page, or where a page is open to all, how their own words begin.
// Why so: docs/adr/0013-words-not-sent.md
import { endSitting } from './leave.js'
import { beginning, kept, sameBeginning, takeOutSecrets, typedForms, wordsOf } from './typed.js'

const HELD = 120 * 60_000 // milliseconds
const MANY = 4 // words asked back
const TRIES = 5

export async function closePage (opened) {
  const { front, locked } = document.body.dataset
  const gone = () => location.replace(front)
  const page = { address: location.href, data: { ...document.body.dataset }, opened, gone }
  page.forms = typedForms()
  page.words = locked === undefined ? beginning(page.forms, MANY) : null
  const cover = clear(front)
  const safe = !page.forms.length || await kept(page.forms, page.address) || page.words === undefined
  endSitting()
  if (safe) return gone()
  page.forms.forEach(takeOutSecrets)
  wait(page, cover)
}

// Nothing of what was shown stays: not the title, not the address, not the page itself.
function clear (front) {
  const stays = document.querySelectorAll('.leave, body > [role=status]')
  const cover = made('main', 'closed', '')
  cover.append(made('h1', '', 'This page has closed'))
  document.title = 'Closed'
  history.replaceState(null, '', front)
  document.body.replaceChildren(...stays, cover)
  return cover
}

function wait (page, cover) {
  const until = Date.now() + HELD
  const look = () => { if (Date.now() > until) page.gone() }
  const clock = setInterval(look, 5000)
  document.addEventListener('visibilitychange', look)
  page.stop = () => {
    clearInterval(clock)
    document.removeEventListener('visibilitychange', look)
  }
  const button = made('button', 'govuk-button', 'Open it again')
  button.type = 'button'
  button.addEventListener('click', () => {
    look()
    page.words ? askForWords(page, cover) : withKeys(page, cover)
  })
  cover.append(made('p', '', 'Nobody was here for a while.'), button)
  button.focus()
}

async function withKeys (page, cover) {
  if (await bringBack(page) || cover.querySelector('.closed__how')) return
  const how = made('p', 'closed__how', 'Open your sitting first, in a new tab: ')
  how.setAttribute('role', 'alert')
  const links = [[page.data.comeBack, 'come back with your nine words'], [page.data.signIn, 'sign in']]
  links.filter(([to]) => to).forEach(([to, text], place) => {
    const link = made('a', '', text)
    Object.assign(link, { href: to, target: '_blank', rel: 'noopener' })
    how.append(place ? ', or ' : '', link)
  })
  how.append('. Then press “Open it again” here.')
  cover.append(how)
}

function askForWords (page, cover) {
  const form = made('form', '', '')
  form.innerHTML = '<div class="govuk-form-group"><label class="govuk-label" for="begins"></label>' +
    '<p class="govuk-error-message" role="alert"></p>' +
    '<input class="govuk-input" id="begins" autocomplete="off" spellcheck="false"></div>' +
    '<button class="govuk-button">Go on</button>'
  const [label, said, input] = form.firstChild.children
  label.textContent = `Type the first ${MANY} words that you wrote here`
  let left = TRIES
  form.addEventListener('submit', async event => {
    event.preventDefault()
    const typed = wordsOf(input.value)
    if (typed.length < MANY) said.textContent = `Type ${MANY} words.`
    else if (!sameBeginning(page.words, typed)) said.textContent = wrong(--left, page)
    else if (!await bringBack(page)) said.textContent = 'We cannot reach the site just now. Try again.'
    input.focus()
  })
  cover.lastChild.replaceWith(form)
  input.focus()
}

function wrong (left, page) {
  if (!left) page.gone()
  return `That is not how it begins. You can try ${left} more ${left === 1 ? 'time' : 'times'}.`
}

// The page is fetched anew, so that only what may be seen now is shown; then the forms go back in.
async function bringBack (page) {
  const fresh = await fetched(page.address)
  if (!fresh) return false
  page.stop()
  const stays = [...document.querySelectorAll('.leave, body > [role=status]')]
  history.replaceState(null, '', page.address)
  document.title = fresh.title
  fresh.querySelector('.leave')?.replaceWith(stays.shift())
  document.body.replaceChildren(...fresh.body.childNodes, ...stays)
  page.forms.forEach(putBack)
  window.dispatchEvent(new Event('pageshow')) // what a choice opens is opened again
  page.forms[0].querySelector('textarea, input:not([type=hidden]), select')?.focus()
  page.opened()
  return true
}

async function fetched (address) {
  try {
    const answer = await fetch(address, { cache: 'no-store', redirect: 'manual' })
    return answer.ok && new DOMParser().parseFromString(await answer.text(), 'text/html')
  } catch {
    return false
  }
}

function putBack (form) {
  const here = [...document.querySelectorAll('main form[method=post]')]
  const token = document.querySelector('[name=csrfmiddlewaretoken]')
  const own = form.elements.csrfmiddlewaretoken
  if (token && own) own.value = token.value
  const names = [...form.elements].map(field => field.name).filter(name => name && name !== own?.name)
  const place = here.find(other => names.some(name => other.elements.namedItem(name)))
  place ? place.replaceWith(form) : document.querySelector('main').append(form)
}

function made (kind, name, text) {
  const node = document.createElement(kind)
  if (name) node.className = name
  node.textContent = text
  return node
}
