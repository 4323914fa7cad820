package dev.switchboard.libraries;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A library of a version.
 *
 * @param purl its package URL, less qualifiers: {@code pkg:maven/org.xerial/sqlite-jdbc@3.53.2.0}
 */
record Library(String purl) {

    private static final String WEBJAR_OF_NPM = "pkg:maven/org.webjars.npm/";

    /** The libraries in a CycloneDX document, and the packages of npm that WebJars among them are. */
    static List<Library> in(JsonNode sbom) {
        return sbom.path("components")
                .valueStream()
                .flatMap(component -> known(component.path("purl").asString("")))
                .distinct()
                .toList();
    }

    private static Stream<Library> known(String purl) {
        if (!purl.startsWith("pkg:")) {
            return Stream.empty();
        }
        List<Library> libraries = new ArrayList<>();
        String plain = purl.replaceFirst("[?#].*", "");
        libraries.add(new Library(plain));
        if (plain.startsWith(WEBJAR_OF_NPM)) {
            String name = plain.substring(WEBJAR_OF_NPM.length());
            // @lit/reactive-element is lit__reactive-element there.
            libraries.add(new Library("pkg:npm/" + name.replaceFirst("^(.+?)__(.+)$", "%40$1/$2")));
        }
        if (plain.startsWith("pkg:maven/org.webjars/swagger-ui@")) {
            libraries.add(new Library(plain.replace("pkg:maven/org.webjars/swagger-ui", "pkg:npm/swagger-ui-dist")));
        }
        return libraries.stream();
    }
}
