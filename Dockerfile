# The desk as one small image: plain JavaScript, packages for production only, no root.
# Node.js is Debian's slim variant, because the packages are tested on glibc.
FROM node:20.20.2-bookworm-slim AS base
WORKDIR /app
COPY package.json package-lock.json .npmrc ./

FROM base AS packages
RUN npm ci --omit=dev --omit=optional --no-audit --no-fund

FROM base AS build
RUN npm ci --no-audit --no-fund
COPY prisma prisma
# Generating uses no engine, but downloads one unless it is told that there is one: see docs/development.md.
RUN PRISMA_SCHEMA_ENGINE_BINARY=/usr/local/bin/node CHECKPOINT_DISABLE=1 npx prisma generate
COPY tsconfig.json ./
COPY apps/desk apps/desk
RUN npx tsc --project apps/desk/tsconfig.build.json

FROM node:20.20.2-bookworm-slim
ENV NODE_ENV=production DATA_DIR=/data PORT=8080
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/node_modules/.prisma node_modules/.prisma
COPY --from=build /app/dist/apps apps
COPY package.json ./
COPY prisma/migrations prisma/migrations
# The embedded database is kept here when there is no DATABASE_URL.
RUN install --directory --owner=node --group=node /data
VOLUME /data
USER node
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node.js itself, not npm, so that it gets the signals.
CMD ["node", "apps/desk/src/main.js"]
