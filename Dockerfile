FROM python:3.13-slim AS build
WORKDIR /app
RUN python -m venv /app/.venv
COPY requirements.lock ./
RUN /app/.venv/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements.lock
COPY . .
RUN /app/.venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation --editable .

FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home chapterhouse && mkdir -p /data && chown chapterhouse /data
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1
USER chapterhouse
VOLUME /data
EXPOSE 8000
ENTRYPOINT ["chapterhouse"]
CMD ["serve"]
