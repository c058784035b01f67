// What a script adds to pages that work without one. Nothing here is needed to use the site.
import { ErrorSummary } from 'govuk-frontend'
import { leaveQuickly } from './leave.js'
import { sendOnce } from './once.js'
import { quietNotice } from './quiet.js'
import { revealWithChoice } from './reveal.js'
import { weighFiles } from './weigh.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')

leaveQuickly()
const summary = document.querySelector('[data-module="govuk-error-summary"]')
if (summary) new ErrorSummary(summary)
revealWithChoice()
weighFiles() // before sendOnce: what is held back was not sent
sendOnce()
quietNotice()

// There is no "leave without saving?" question on purpose. Someone who shuts the window in a hurry,
// because somebody came in, must not be held on the page.
