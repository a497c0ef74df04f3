# Kompendium as an image without anything else in it:
#
#     docker build --tag kompendium .
#     docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/site" kompendium build
#
# The base image is pinned by its digest.
FROM docker.io/library/rust:1.95-slim-bookworm@sha256:d7482085ff5b415f84dba5647ae71606650bdef00db7aeb69f4b3d170c3e4082 AS builder
WORKDIR /kompendium
COPY . .
RUN target="$(uname -m)-unknown-linux-musl" \
    && rustup target add "$target" \
    && cargo build --locked --profile dist --target "$target" \
    && cp "target/$target/dist/kompendium" /kompendium/program

FROM scratch
COPY --from=builder /kompendium/program /usr/bin/kompendium
COPY LICENSE-APACHE LICENSE-MIT /usr/share/doc/kompendium/
USER 65532:65532
WORKDIR /site
ENTRYPOINT ["/usr/bin/kompendium"]
