# The site as one image: two stages, so that what installs is not in what runs.

FROM python:3.11.13-slim-bookworm AS build
COPY requirements.txt /build/requirements.txt
# Ready-made wheels alone: nothing is compiled, here or later.
RUN python -m venv --without-pip /opt/venv \
    && pip --python /opt/venv/bin/python install --no-cache-dir --disable-pip-version-check --only-binary=:all: \
        -r /build/requirements.txt

FROM python:3.11.13-slim-bookworm
RUN pip uninstall --yes --quiet pip setuptools wheel \
    && groupadd --gid 10001 charter \
    && useradd --uid 10001 --gid charter --no-create-home --home-dir /var/lib/charter --shell /usr/sbin/nologin charter \
    && install --directory --owner=charter --group=charter --mode=0700 /var/lib/charter
COPY --from=build /opt/venv /opt/venv
WORKDIR /opt/charter
COPY .streamlit .streamlit
COPY db db
COPY charter charter
COPY pages pages
COPY app.py app.py
# Compiled now, as nothing can be written beside it later.
RUN /opt/venv/bin/python -m compileall -q app.py charter db pages
ENV PATH=/opt/venv/bin:/usr/local/bin:/usr/bin:/bin \
    HOME=/tmp \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PORT=8501 \
    CHARTER_DATA_DIR=/var/lib/charter \
    CHARTER_DEMONSTRATION=0 \
    CHARTER_LOG=json
USER 10001:10001
VOLUME ["/var/lib/charter"]
EXPOSE 8501
HEALTHCHECK --interval=15s --timeout=6s --start-period=90s --retries=3 \
    CMD ["python", "-c", "import http.client as h, os; c = h.HTTPConnection('127.0.0.1', os.environ['PORT'], 5); c.request('GET', '/healthz'); raise SystemExit(c.getresponse().status != 200)"]
ENTRYPOINT ["python", "-m", "charter"]
CMD ["run"]
