# udfplan in a container with nothing else in it: docker build -t udfplan .
FROM golang:1.26.8-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download && go mod verify
COPY . .
# With the history that lies in .git the program knows its version, commit and date.
RUN CGO_ENABLED=0 GOTOOLCHAIN=local go build -trimpath -buildvcs=auto -ldflags='-s -w' -o /udfplan ./cmd/udfplan

FROM scratch
LABEL org.opencontainers.image.title="udfplan" \
      org.opencontainers.image.description="What the Python workers of a PyFlink job need, before the job is submitted."
# For a JobManager behind https, which is asked only where an argument is its URL.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /udfplan /usr/local/bin/udfplan
ENV PATH=/usr/local/bin
# No name but a number: there is no /etc/passwd, and Kubernetes' runAsNonRoot wants to see it.
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["/usr/local/bin/udfplan"]
