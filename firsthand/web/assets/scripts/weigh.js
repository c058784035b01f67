// Too many files, or too large together, are said to be before they are sent: on a slow line that
// spares minutes, and nothing typed beside them is at risk. The server says the same.
const MB = 1024 * 1024

export function weighFiles () {
  document.addEventListener('submit', event => {
    for (const input of event.target.querySelectorAll('input[data-most-bytes]')) {
      const sentence = tooMuch(input)
      say(input, sentence)
      if (!sentence) continue
      event.preventDefault()
      input.focus()
    }
  })
}

function tooMuch ({ files, dataset }) {
  const { mostFiles, mostBytes } = dataset
  const bytes = [...files].reduce((sum, file) => sum + file.size, 0)
  if (files.length > mostFiles) {
    return `You chose ${files.length} files. We can take ${mostFiles} at one time. Choose fewer, and send the rest later.`
  }
  if (bytes > mostBytes) {
    return `Your files come to ${Math.ceil(bytes / MB)} MB. We can take ${Math.floor(mostBytes / MB)} MB at one time. Choose fewer, and send the rest later.`
  }
  return ''
}

function say (input, sentence) {
  const id = input.id + '-weight'
  document.getElementById(id)?.remove()
  if (!sentence) return
  const line = document.createElement('p')
  line.id = id
  line.className = 'govuk-error-message'
  line.setAttribute('role', 'alert')
  line.textContent = sentence
  input.before(line)
}
