"""Addresses of being answered: a team's under inbox/, the person's own under mine/ and answers/."""

from django.urls import path

from firsthand.repair.views import beside, letting_in, person, team

app_name = "repair"

urlpatterns = [
    path("inbox/", team.listing, name="inbox"),
    path("inbox/<uuid:conversation>/", team.conversation, name="request"),
    path("inbox/<uuid:conversation>/answer/", team.answer, name="answer"),
    path("inbox/<uuid:conversation>/files/<uuid:file>/", team.file, name="request_file"),
    path("inbox/beside/<uuid:conversation>/", beside.conversation, name="beside"),
    path("inbox/beside/<uuid:conversation>/files/<uuid:file>/", beside.file, name="beside_file"),
    path("mine/<uuid:testimony>/answers/", person.answers, name="answers"),
    path("answers/<uuid:conversation>/", person.conversation, name="conversation"),
    path("answers/<uuid:conversation>/asks/", person.asks, name="asks"),
    path("answers/<uuid:conversation>/promises/<uuid:promise>/", person.judge, name="judge"),
    path("answers/<uuid:conversation>/let-in/", letting_in.let_in, name="let_in"),
    path("answers/<uuid:conversation>/with/<uuid:team>/", letting_in.companion, name="companion"),
    path("answers/<uuid:conversation>/close/", person.close, name="close"),
    path("answers/<uuid:conversation>/reopen/", person.reopen, name="reopen"),
    path("answers/<uuid:conversation>/files/<uuid:file>/", person.file, name="conversation_file"),
]
