FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w -X main.version=${VERSION}" -o /whowon ./cmd/whowon

# Nothing but the binary: the facts are inside it, and it opens no connection.
FROM scratch
COPY --from=build /whowon /whowon
COPY LICENSE /LICENSE
USER 65532:65532
# Overlays: docker run --rm -it -v "$PWD/facts.d:/data/facts.d:ro" whowon
WORKDIR /data
ENTRYPOINT ["/whowon"]
