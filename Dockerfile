FROM eclipse-temurin:25-jdk-noble AS build
WORKDIR /build
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY src src
# The cache outlives the build, so that an unchanged dependency is fetched once. Tests run elsewhere.
RUN --mount=type=cache,target=/root/.m2,sharing=locked \
    ./mvnw --batch-mode --no-transfer-progress -Dmaven.test.skip=true package \
    && cp target/switchboard-*.jar switchboard.jar
# Extracted the application starts faster, and its dependencies stay in a layer of their own.
RUN java -Djarmode=tools -jar switchboard.jar extract --layers --destination layers


FROM eclipse-temurin:25-jre-noble
# The number is fixed, so that whoever mounts a folder as /data knows whose it has to be.
RUN groupadd --gid 10001 switchboard \
    && useradd --uid 10001 --gid switchboard --home-dir /data --no-create-home --shell /usr/sbin/nologin switchboard \
    && install --directory --owner=switchboard --group=switchboard /data
WORKDIR /opt/switchboard
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./

USER 10001:10001
# A port is published from the container's outer address, so it has to listen there; that is why a token is asked for.
ENV SERVER_ADDRESS=0.0.0.0 \
    SWITCHBOARD_DATA_DIR=/data
VOLUME /data
EXPOSE 8080

# In bash, for the image has neither curl nor wget, and a JVM every half minute is too much.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["bash", "-c", "\
    exec 3<>/dev/tcp/127.0.0.1/${SERVER_PORT:-8080} \
    && printf 'GET /actuator/health HTTP/1.0\\r\\n\\r\\n' >&3 \
    && read -r -t 4 version status reason <&3 \
    && [ \"$status\" = 200 ]"]

ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "-jar", "switchboard.jar"]
