# syntax=docker/dockerfile:1

# The build needs a JDK and Maven; nothing of them is in the image that runs.
FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /build
COPY pom.xml ./
COPY src src
# Tests ran before an image is built; compiling them again would only cost time.
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp package -Dmaven.test.skip=true

# Ubuntu underneath, not Alpine: the embedded Redis needs glibc and OpenSSL 3.
FROM eclipse-temurin:21-jre

LABEL org.opencontainers.image.title="Carillon" \
      org.opencontainers.image.description="A scheduling service that rings webhooks on time" \
      org.opencontainers.image.licenses="Apache-2.0"

# A number, so that Kubernetes can see that it is not root.
RUN groupadd --system --gid 10001 carillon \
 && useradd --system --uid 10001 --gid 10001 --home-dir /opt/carillon --shell /usr/sbin/nologin carillon \
 && install --directory --owner=10001 --group=10001 --mode=0700 /data

# In the order of how seldom they change: an image of new code shares the layers of its libraries.
COPY --from=build /build/target/quarkus-app/lib/ /opt/carillon/lib/
COPY --from=build /build/target/quarkus-app/quarkus/ /opt/carillon/quarkus/
COPY --from=build /build/target/quarkus-app/app/ /opt/carillon/app/
COPY --from=build /build/target/quarkus-app/quarkus-run.jar /opt/carillon/

# A container is reached from outside, so it listens on all its addresses. In protected mode the
# service refuses that: give CARILLON_API_KEYS, or say CARILLON_SECURITY.
ENV QUARKUS_HTTP_HOST=0.0.0.0 \
    QUARKUS_HTTP_PORT=8080 \
    CARILLON_DATA_DIR=/data \
    JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=70 -XX:+ExitOnOutOfMemoryError"

USER 10001:10001
WORKDIR /opt/carillon
# Used by the embedded Redis only, that is, without QUARKUS_REDIS_HOSTS.
VOLUME /data
EXPOSE 8080

# By bash, since nothing here fetches URLs. Kubernetes has its own probes.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$QUARKUS_HTTP_PORT && printf 'GET /q/health/live HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]

ENTRYPOINT ["java", "-jar", "/opt/carillon/quarkus-run.jar"]
