FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags="-s -w -X main.version=${VERSION}" -o /whowon ./cmd/whowon
RUN mkdir /data

# Nothing but the binary, with the facts inside, and the certificates by which it knows Discord.
FROM scratch
COPY --from=build /src/LICENSE /whowon /
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
# The one place it may write to: the database of games, history, and facts.d for `whowon facts import`. Keep it with -v whowon:/data.
COPY --from=build --chown=65532:65532 /data /data
ENV HOME=/data
WORKDIR /data
USER 65532:65532
# It asks at the default of admin.listen; where nobody listens, as in a terminal, it is content.
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s CMD ["/whowon", "healthcheck", "--at", "127.0.0.1:8083"]
ENTRYPOINT ["/whowon"]
