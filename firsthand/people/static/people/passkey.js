// Lets the browser's passkey talk to the form on this page.
const form = document.querySelector('[data-passkey]')
const passkeys = window.allauth?.webauthn?.forms
if (form && passkeys && window.PublicKeyCredential) {
  const { passkey, role, options } = form.dataset
  const key = role === 'add' ? 'creation_options' : 'request_options'
  passkeys[passkey]({
    ids: { [role]: 'passkey-go', credential: 'passkey-credential' },
    data: { [key]: JSON.parse(options) }
  })
  document.addEventListener('allauth.error', event => {
    event.preventDefault()
    form.querySelector('[data-passkey-error]').hidden = false
  })
  form.hidden = false
}
