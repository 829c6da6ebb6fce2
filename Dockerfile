# Three stages: the assets with Node, the program with Go (no C), and an image with nothing in it but the program.
FROM node:22-bookworm-slim AS assets
WORKDIR /src/static
COPY static/package.json static/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY static/ ./
RUN npm run build

FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=assets /src/static/dist ./static/dist
RUN CGO_ENABLED=0 go build -tags nodynamic -trimpath -ldflags='-s -w' -o /out/portal ./cmd/portal && install -d -o 65532 -g 65532 -m 0700 /out/var

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /out/portal /portal
COPY --from=build --chown=65532:65532 /out/var /var/lib/portal
ENV PORTAL_ENV=production PORTAL_ADDR=:8080 PORTAL_DATA_DIR=/var/lib/portal
VOLUME /var/lib/portal
EXPOSE 8080
USER 65532:65532
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["/portal", "health"]
ENTRYPOINT ["/portal"]
CMD ["serve"]
