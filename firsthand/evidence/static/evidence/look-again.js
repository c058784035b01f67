// While files are being read: look again every few seconds, unless someone is choosing files.
setTimeout(function again () {
  const chosen = [...document.querySelectorAll('input[type="file"]')].some(box => box.files.length)
  if (document.hidden || chosen) return setTimeout(again, 4000)
  location.reload()
}, 4000)
