// While files are being read: look again every few seconds, unless someone chooses files or types.
setTimeout(function again () {
  const chosen = [...document.querySelectorAll('input[type="file"]')].some(box => box.files.length)
  const typed = [...document.querySelectorAll('textarea, input')].some(box =>
    box.type !== 'file' && (box.value !== box.defaultValue || box.checked !== box.defaultChecked))
  if (document.hidden || chosen || typed) return setTimeout(again, 4000)
  location.reload()
}, 4000)
