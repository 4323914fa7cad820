package dev.switchboard.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ImportMapTest {

    private static final List<String> MODULES = List.of("/app/live/feed.js", "/app/page/main.js");

    @Test
    void leadsBareNamesToTheVersionedWebJar() {
        JsonNode imports = imports(ImportMap.of("", MODULES, ImportMapTest::published));

        assertThat(imports.get("lit").asString()).isEqualTo("/webjars/lit/9.9/index.js");
        assertThat(imports.get("lit/").asString()).isEqualTo("/webjars/lit/9.9/");
        assertThat(imports.get("@lit/reactive-element").asString())
                .isEqualTo("/webjars/lit__reactive-element/9.9/reactive-element.js");
        assertThat(imports.get("lit-html/").asString()).isEqualTo("/webjars/lit-html/9.9/");
    }

    @Test
    void leadsEachOfOurModulesToTheNameWithItsHash() {
        ImportMap map = ImportMap.of("", MODULES, ImportMapTest::published);

        assertThat(imports(map).get("/app/live/feed.js").asString()).isEqualTo("/app/live/feed-cafe.js");
        assertThat(map.modules().values()).containsExactly("/app/live/feed-cafe.js", "/app/page/main-cafe.js");
    }

    @Test
    void beginsAllAddressesWithThePathOfTheApplication() {
        ImportMap map = ImportMap.of("/sb", MODULES, ImportMapTest::published);

        assertThat(imports(map).get("lit").asString()).isEqualTo("/sb/webjars/lit/9.9/index.js");
        assertThat(imports(map).get("/sb/app/live/feed.js").asString()).isEqualTo("/sb/app/live/feed-cafe.js");
    }

    @Test
    void saysWhichWebJarIsMissing() {
        assertThatIllegalStateException()
                .isThrownBy(() -> ImportMap.of("", MODULES, path -> path))
                .withMessageContaining("/webjars/");
    }

    @Test
    void canNotEndTheScriptElementItStandsIn() {
        ImportMap map = ImportMap.of("", List.of("/app/</script>.js"), ImportMapTest::published);

        assertThat(map.json()).doesNotContain("<");
        assertThat(imports(map).has("/app/</script>.js")).isTrue();
    }

    @Test
    void isNamedByTheHashOfItsText() throws Exception {
        ImportMap map = ImportMap.of("", MODULES, ImportMapTest::published);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(map.json().getBytes(StandardCharsets.UTF_8));

        assertThat(map.cspSource()).isEqualTo("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
    }

    private static JsonNode imports(ImportMap map) {
        return new JsonMapper().readTree(map.json()).get("imports");
    }

    private static String published(String path) {
        return path.startsWith("/webjars/")
                ? path.replaceFirst("^(?<jar>/webjars/[^/]+/)", "${jar}9.9/")
                : path.replaceFirst("\\.js$", "-cafe.js");
    }
}
