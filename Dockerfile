# Built with cgo for SQLite; runs as a user without rights, with its data in a volume.
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=dev
RUN CGO_ENABLED=1 go build -trimpath -ldflags "-s -w -X main.version=${VERSION}" -o /mitan ./cmd/mitan

FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates wget tesseract-ocr tesseract-ocr-hin \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin mitan \
 && install -d -o mitan -g mitan -m 0700 /data
COPY --from=build /mitan /usr/local/bin/mitan
USER mitan
VOLUME /data
EXPOSE 8470
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
  CMD wget -q -O /dev/null http://127.0.0.1:8470/healthz || exit 1
ENTRYPOINT ["mitan"]
CMD ["serve", "--data", "/data", "--listen", "0.0.0.0:8470", "--secure"]
