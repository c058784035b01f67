// A button beside each passphrase that shows what is typed. It hides again when the form is sent.
for (const input of document.querySelectorAll('input[data-may-show]')) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'govuk-button govuk-button--secondary'
  const show = shown => {
    input.type = shown ? 'text' : 'password'
    button.textContent = shown ? 'Hide' : 'Show'
    button.setAttribute('aria-label', shown ? 'Hide what you typed' : 'Show what you typed')
  }
  show(false)
  button.addEventListener('click', () => show(input.type === 'password'))
  input.form?.addEventListener('submit', () => show(false))
  input.after(button)
}
