// What a script adds to pages that work without one. Nothing here is needed to use the site.
import { Checkboxes, ErrorSummary, Radios } from 'govuk-frontend'
import { leaveQuickly } from './leave.js'
import { sendOnce } from './once.js'
import { quietNotice } from './quiet.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')

for (const Part of [Checkboxes, ErrorSummary, Radios]) {
  for (const at of document.querySelectorAll(`[data-module="${Part.moduleName}"]`)) {
    try {
      new Part(at)
    } catch {
      // A part that cannot start leaves plain HTML behind, which works.
    }
  }
}

leaveQuickly()
sendOnce()
quietNotice()

// There is no "leave without saving?" question on purpose. Someone who shuts the window in a hurry,
// because somebody came in, must not be held on the page.
