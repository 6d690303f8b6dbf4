FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w -X main.version=${VERSION}" -o /whowon ./cmd/whowon
RUN mkdir /data

# Nothing but the binary: the facts are inside it. It opens no connection, unless store.url names a PostgreSQL server.
FROM scratch
COPY --from=build /src/LICENSE /whowon /
# The one place it may write to: the database of games, history, and facts.d for `whowon facts import`. Keep it with -v whowon:/data.
COPY --from=build --chown=65532:65532 /data /data
ENV HOME=/data
WORKDIR /data
USER 65532:65532
ENTRYPOINT ["/whowon"]
