"""Sections and questions."""

from django.urls import path

from evidence_review.assessments.views.answering.beside import (
    assign,
    choose_evidence,
    note,
)
from evidence_review.assessments.views.answering.history import history
from evidence_review.assessments.views.answering.overview import (
    assessment,
    assessments,
    section,
    start,
)
from evidence_review.assessments.views.answering.question import Question

urlpatterns = [
    path("", assessments, name="index"),
    path("start/", start, name="start"),
    path("<slug:public_id>/", assessment, name="assessment"),
    path("<slug:public_id>/section/<int:number>/", section, name="section"),
    path("<slug:public_id>/<str:ref>/", Question.as_view(), name="question"),
    path("<slug:public_id>/<str:ref>/evidence/", choose_evidence, name="choose_evidence"),
    path("<slug:public_id>/<str:ref>/assign/", assign, name="assign"),
    path("<slug:public_id>/<str:ref>/notes/", note, name="note"),
    path("<slug:public_id>/<str:ref>/history/", history, name="question_history"),
]
