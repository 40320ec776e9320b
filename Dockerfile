FROM node:22-alpine AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
# The tarball is what people install; beside it goes what V8 compiled, as it will be run by this very Node.
RUN npm run build \
 && npm pack --ignore-scripts \
 && mkdir /package \
 && tar -xzf pgconflint-*.tgz -C /package --strip-components=1 \
 && cp dist/*.cache /package/dist/

FROM node:22-alpine
LABEL org.opencontainers.image.title="pgconflint" \
      org.opencontainers.image.description="A linter for PostgreSQL and PgBouncer configuration that reads the files as the servers do" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.source="https://github.com/pgconflint/pgconflint"
COPY --from=build /package /usr/local/lib/node_modules/pgconflint
RUN ln -s ../lib/node_modules/pgconflint/bin/pgconflint.js /usr/local/bin/pgconflint
# Configuration is mounted here: docker run --rm -v "$PWD:/work:ro" pgconflint check
WORKDIR /work
USER node
HEALTHCHECK NONE
ENTRYPOINT ["pgconflint"]
CMD ["check"]
