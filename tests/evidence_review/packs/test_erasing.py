"""Erasing somebody leaves no file of a pack behind that may name them."""

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from evidence_review.packs import erasing
from evidence_review.packs.states import PackState
from evidence_review.packs.storage import packs_storage
from portal.people.erasing import subject_of
from portal.people.traces import Fate
from tests.evidence_review.inspection.living import Living
from tests.evidence_review.packs.conftest import MakePack

pytestmark = pytest.mark.django_db


def test_the_files_of_packs_go_with_the_person(
    make_pack: MakePack,
    evidence: None,
    living: Living,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    pack = make_pack()
    subject = subject_of(living.uploader.public_id)
    assert subject
    (place,) = erasing.places(subject)
    assert (place.count, place.fate) == (1, Fate.DELETED)

    with django_capture_on_commit_callbacks(execute=True):
        erasing.erase(subject)

    pack.refresh_from_db()
    assert pack.state == PackState.REMOVED
    assert not packs_storage().exists(pack.stored_name)
    assert erasing.duties(subject) == []
