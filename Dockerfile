# One image for every process. The command says which one: node apps/<name>/dist/main.js

# The version of Node is the one that the lockfile brings for tests (optionalDependencies in package.json).
FROM node:24.21.0-slim AS build
WORKDIR /app
COPY . .
RUN npm ci --ignore-scripts --cache /tmp/npm \
 && node node_modules/typescript/bin/tsc -b apps/* \
 && node bin/site.js \
# Out goes what only builds and tests, and the optional part: the embedded PostgreSQL and a second Node.
 && npm prune --omit=dev --omit=optional --ignore-scripts --cache /tmp/npm \
 && find apps libs -name '*.tsbuildinfo' -delete

FROM node:24.21.0-slim
LABEL org.opencontainers.image.title="Fascia" \
      org.opencontainers.image.description="Closed-loop referral and care coordination for soft-tissue mobilization therapy" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production \
    NODE_OPTIONS=--enable-source-maps
WORKDIR /app
# Root owns the files: a process can read and run them, and change none.
COPY --from=build /app ./
USER node
# Whether a process is well is asked by who runs it (compose, Kubernetes): every process listens elsewhere.
CMD ["node", "apps/gateway/dist/main.js"]
