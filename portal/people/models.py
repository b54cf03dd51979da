"""People, the organisation, its sites, and who holds which role where."""

import secrets
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from simple_history.models import HistoricalRecords

from portal.people.roles import Role
from portal.record.objects import ObjectRef

ods_code = RegexValidator(
    r"^[A-Z0-9]{3,6}$", "An ODS code has 3 to 6 capital letters and digits, like VM195."
)


def new_public_id() -> str:
    """Return a random name of 128 bits: says nothing about a row and cannot be guessed."""
    return secrets.token_urlsafe(16)


class PersonManager(UserManager["User"]):
    """Makes people, who sign in by e-mail address and have no other username."""

    def create_user(  # type: ignore[override]  # Django's signature starts with a username
        self, email: str | None, password: str | None = None, **fields: Any
    ) -> "User":
        """Make a person; without a password they can be told of but cannot sign in."""
        person = self.model(email=self.normalize_email(email) or None, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class User(AbstractUser):
    """Somebody who works for the provider. Never deleted, because the record names them.

    ``email`` may be missing: many care staff have no work address and use a shared device.
    ``is_superuser`` is never asked; rights come from memberships alone.
    """

    username = None  # type: ignore[assignment]  # removes the inherited column
    email = models.EmailField(  # type: ignore[assignment]  # the inherited one may not be empty
        "e-mail address", unique=True, null=True, blank=True
    )
    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    job_title = models.CharField(max_length=120, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    """When name and address were erased for good; such an account stays switched off."""

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = PersonManager()  # type: ignore[misc]  # our own manager without usernames
    history = HistoricalRecords(excluded_fields=["password", "last_login"])

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        ordering = ("first_name", "last_name", "pk")
        constraints = (models.UniqueConstraint(Lower("email"), name="person_email_once"),)

    def __str__(self) -> str:
        return self.get_full_name() or self.email or self.public_id

    @property
    def actor_ref(self) -> str:
        """The name the record knows this person by; says nothing without the side table."""
        return f"person:{self.public_id}"

    @property
    def actor_label(self) -> str:
        """Name with job title, as shown wherever the person is named."""
        return f"{self}, {self.job_title}" if self.job_title else str(self)

    @property
    def record_ref(self) -> ObjectRef:
        """This person as the object of an event."""
        return ObjectRef("person", self.public_id)


class Organisation(models.Model):
    """The provider. A portal has one."""

    name = models.CharField(max_length=200)
    ods_code = models.CharField(
        "head office ODS code", max_length=6, blank=True, validators=[ods_code]
    )
    ico_number = models.CharField("ICO registration number", max_length=20, blank=True)
    history = HistoricalRecords()

    def __str__(self) -> str:
        return self.name

    @property
    def record_ref(self) -> ObjectRef:
        """The organisation as the object of an event."""
        return ObjectRef("organisation", str(self.pk))


class Site(models.Model):
    """One registered location. Never deleted: closed, because evidence and the record name it."""

    class ServiceType(models.TextChoices):
        """What kind of care the location is registered for."""

        RESIDENTIAL = "residential", "Care home"
        NURSING = "nursing", "Care home with nursing"
        HOME_CARE = "home_care", "Home care"
        SUPPORTED_LIVING = "supported_living", "Supported living"
        EXTRA_CARE = "extra_care", "Extra care housing"
        OTHER = "other", "Other"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="sites")
    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    name = models.CharField(max_length=200)
    ods_code = models.CharField("site ODS code", max_length=6, blank=True, validators=[ods_code])
    cqc_location_id = models.CharField("CQC location ID", max_length=20, blank=True)
    service_type = models.CharField(
        max_length=20, choices=ServiceType, default=ServiceType.RESIDENTIAL
    )
    is_active = models.BooleanField("open", default=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(fields=("organisation", "name"), name="site_name_once"),
            models.UniqueConstraint(
                fields=("ods_code",), condition=~Q(ods_code=""), name="site_ods_code_once"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def record_ref(self) -> ObjectRef:
        """The site as the object of an event."""
        return ObjectRef("site", self.public_id)


class Membership(models.Model):
    """One person holding one role at one site, or everywhere, from a day up to and with a day."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    site = models.ForeignKey(
        Site,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        help_text="Leave empty for every site.",
    )
    starts = models.DateField()
    ends = models.DateField(
        null=True, blank=True, help_text="The last day. Leave empty for no end."
    )
    history = HistoricalRecords()

    class Meta:
        ordering = ("person", "role", "starts")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="membership_ends_after_it_starts",
            ),
        )
        indexes = (models.Index(fields=("role", "site"), name="membership_role_site"),)

    def __str__(self) -> str:
        where = self.site.name if self.site else "every site"
        return f"{self.get_role_display()}, {where}"


class ApiToken(models.Model):
    """A person's key to the API. Only its SHA-256 is kept: the token is shown once, when made."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_on = models.DateField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.name
