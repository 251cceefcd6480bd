ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN npm run build && chmod +x dist/main.js

# A stage of its own: nothing of what only builds was ever here. Node loads the CommonJS side of a package, so what is for bundlers,
# editors and readers can go; licences stay.
FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts \
  && find node_modules -type d '(' -name dist-es -o -name dist-types ')' -prune -exec rm -r '{}' + \
  && find node_modules -type f '(' -name '*.d.ts' -o -name '*.d.[cm]ts' -o -name '*.map' -o -iname '*.md' ')' ! -iname 'licen[cs]e*' -delete

FROM ${NODE_IMAGE}
ENV NODE_ENV=production NODE_OPTIONS=--enable-source-maps
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY schemas ./schemas
COPY package.json ./
COPY --from=build /app/dist ./dist
# `tidemark …` in a shell of the container is the same program.
RUN ln -s /app/dist/main.js /usr/local/bin/tidemark
ARG VERSION=unknown
ARG REVISION=unknown
ARG SOURCE=unknown
LABEL org.opencontainers.image.title="Tidemark" \
  org.opencontainers.image.description="One correct, revisioned record per Genesys Cloud conversation" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}" \
  org.opencontainers.image.source="${SOURCE}"
# It owns nothing of the above, and needs to write nowhere.
USER node
# For Docker; on ECS only the one of the task definition counts.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["node", "dist/health-check.js"]
# Node is the first process, not npm: it gets the SIGTERM that begins an orderly stop.
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "dist/main.js"]
CMD ["worker"]
