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
# SQLite's library would be unpacked to /tmp at each start, from where nothing can be loaded when it is a tmpfs of Docker's.
RUN mkdir native \
    && cd native \
    && jar --extract --file "$(echo ../layers/dependencies/lib/sqlite-jdbc-*.jar)" "org/sqlite/native/Linux/$(uname -m)/libsqlitejdbc.so" \
    && mv "org/sqlite/native/Linux/$(uname -m)/libsqlitejdbc.so" . \
    && rm -r org
RUN javac -d training src/image/java/dev/switchboard/image/TrainingRun.java


FROM eclipse-temurin:25-jre-noble AS application
# The number is fixed, so that whoever mounts a folder as /data knows whose it has to be.
RUN groupadd --gid 10001 switchboard \
    && useradd --uid 10001 --gid switchboard --home-dir /data --no-create-home --shell /usr/sbin/nologin switchboard \
    && install --directory --owner=switchboard --group=switchboard /data
WORKDIR /opt/switchboard
COPY --from=build /build/native/ native/
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
COPY --from=build /build/src/image/jvm.options ./
USER 10001:10001


# Which classes a start and the first use need, loaded and linked: Java's AOT cache (JEP 483, 514). It is good for these
# very jars in these very folders, this JRE and these options, so it is made from the layers that it is used with.
FROM application AS training
COPY --from=build /build/training /training
RUN ["java", "-classpath", "/training", "dev.switchboard.image.TrainingRun", \
     "java", "@jvm.options", "-XX:AOTCacheOutput=/tmp/switchboard.aot", "-jar", "switchboard.jar"]


FROM application
COPY --from=training /tmp/switchboard.aot ./
# A port is published from the container's outer address, so it has to listen there; that is why a token is asked for.
# A file with settings, and with endpoints that are to be there at each start, may be mounted as
# /etc/switchboard/switchboard.yaml.
ENV SERVER_ADDRESS=0.0.0.0 \
    SWITCHBOARD_STARTER_ADDRESS=0.0.0.0 \
    SWITCHBOARD_DATA_DIR=/data
VOLUME /data
EXPOSE 8080

# In bash, for the image has neither curl nor wget, and a JVM every half minute is too much.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["bash", "-c", "\
    exec 3<>/dev/tcp/127.0.0.1/${SERVER_PORT:-8080} \
    && printf 'GET /actuator/health HTTP/1.0\\r\\n\\r\\n' >&3 \
    && read -r -t 4 version status reason <&3 \
    && [ \"$status\" = 200 ]"]

ENTRYPOINT ["java", "@jvm.options", "-XX:AOTCache=switchboard.aot", "-jar", "switchboard.jar"]
