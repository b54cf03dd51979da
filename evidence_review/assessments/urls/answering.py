"""Sections and questions."""

from django.urls import path

from evidence_review.assessments.urls.references import REF
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
    path(f"<slug:public_id>/{REF}/", Question.as_view(), name="question"),
    path(f"<slug:public_id>/{REF}/evidence/", choose_evidence, name="choose_evidence"),
    path(f"<slug:public_id>/{REF}/assign/", assign, name="assign"),
    path(f"<slug:public_id>/{REF}/notes/", note, name="note"),
    path(f"<slug:public_id>/{REF}/history/", history, name="question_history"),
]
