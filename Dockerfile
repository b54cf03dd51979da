# One image for the web server, the worker and management commands.
# The base may be any Debian or Ubuntu image that has Python 3.11 or newer with venv.
ARG BASE_IMAGE=docker.io/library/python:3.12-slim

FROM ${BASE_IMAGE} AS packages
COPY requirements/portal.txt /tmp/portal.txt
RUN python3 -m venv /opt/wellkept \
    && /opt/wellkept/bin/pip install --no-cache-dir --disable-pip-version-check \
        --require-hashes -r /tmp/portal.txt

FROM ${BASE_IMAGE}
# hadolint ignore=DL3008 # the base image decides which security release of these it has
RUN apt-get update \
    && apt-get install -y --no-install-recommends bubblewrap libmagic1 tesseract-ocr tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin wellkept \
    && install -d -o wellkept -g wellkept -m 0700 /data /sealer

COPY --from=packages /opt/wellkept /opt/wellkept
WORKDIR /srv/wellkept
COPY . .

ENV PATH=/opt/wellkept/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MALLOC_ARENA_MAX=2 \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    PORTAL_DATA=/data \
    PORTAL_STATIC=/srv/wellkept-static \
    PORTAL_BIND=0.0.0.0

RUN SECRET_KEY=only-to-collect-static-files ALLOWED_HOSTS=localhost PORTAL_DATA=/tmp/data \
        python manage.py collectstatic --no-input --skip-checks -v 0 --ignore wagtailnhsukfrontend \
    && rm -rf /tmp/data \
    && python -m compileall -q config evidence_review home portal search

USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=90s CMD ["python", "script/healthcheck.py"]
CMD ["gunicorn", "-c", "config/gunicorn.py", "config.wsgi"]
