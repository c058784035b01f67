"""Addresses of surveys: where people answer, and where surveys are made and read."""

from django.urls import path

from firsthand.consultation.views import handing
from firsthand.consultation.views import survey_answering as answering
from firsthand.consultation.views import survey_asking as asking
from firsthand.consultation.views import survey_making as making
from firsthand.consultation.views import survey_results as results
from firsthand.consultation.views import survey_taking_in as taking_in

_ONE = "surveys/<uuid:survey>/"
_ANSWER = "survey/<slug:link>/"

urlpatterns = [
    path(_ANSWER, answering.begin, name="answer"),
    path(_ANSWER + "code/", answering.code, name="answer_code"),
    path(_ANSWER + "question/<int:nth>/", asking.step, name="answer_step"),
    path(_ANSWER + "question/<int:nth>/set/<int:at>/", asking.step, name="answer_set"),
    path(_ANSWER + "check/", answering.check, name="answer_check"),
    path(_ANSWER + "done/", answering.done, name="answer_done"),
    path(_ANSWER + "come-back/", asking.come_back, name="answer_back"),
    path(_ANSWER + "take-back/", answering.take_back, name="answer_take_back"),
    path("surveys/", making.mine, name="surveys"),
    path("surveys/new/", making.new, name="survey_new"),
    path(_ONE, making.survey, name="survey"),
    path(_ONE + "change/", making.change, name="survey_change"),
    path(_ONE + "stage/", making.stage, name="survey_stage"),
    path(_ONE + "version/", making.version, name="survey_version"),
    path(_ONE + "history/", making.history, name="survey_history"),
    path(_ONE + "people/", making.people, name="survey_people"),
    path(_ONE + "people/<uuid:surveyor>/end/", making.end, name="survey_people_end"),
    path(_ONE + "questions/add/", making.ask, name="question_add"),
    path(_ONE + "questions/<uuid:question>/", making.question, name="question"),
    path(_ONE + "questions/<uuid:question>/drop/", making.drop, name="question_drop"),
    path(_ONE + "questions/<uuid:question>/move/", making.move, name="question_move"),
    path(_ONE + "codes/", taking_in.codes, name="survey_codes"),
    path(_ONE + "paper.pdf", taking_in.paper, name="survey_paper"),
    path(_ONE + "enter/", taking_in.enter, name="survey_enter"),
    path(_ONE + "bring-in/", taking_in.bring_in, name="survey_bring_in"),
    path(_ONE + "results/", results.results, name="survey_results"),
    path(_ONE + "results/<uuid:question>.csv", results.table, name="survey_csv"),
    path(_ONE + "results/<uuid:question>.json", results.plain, name="survey_json"),
    path(_ONE + "results/<uuid:question>.svg", results.chart, name="survey_chart"),
    path(_ONE + "beneath/", handing.ranks, name="survey_beneath"),
    path(_ONE + "words/", results.words, name="survey_words"),
]
