package dev.switchboard.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/**
 * The import map of the page (HTML, "Import maps"), so that modules are written as in any editor and still cached for a
 * year: a bare name leads to the versioned address of a WebJar, and each of our modules' plain address to the one with
 * the hash of its content. Relative imports between our modules resolve to the plain address and so through the map.
 *
 * @param json what stands in the {@code <script type="importmap">}, to the character
 * @param modules the addresses of our modules with their hashes, by their plain addresses
 */
record ImportMap(String json, Map<String, String> modules) {

    /** What an import may say, and the file in the WebJar's own folder that it stands for. */
    private static final Map<String, String> ENTRY_POINTS = Map.of(
            "lit", "lit/index.js",
            "lit-html", "lit-html/lit-html.js",
            "lit-element", "lit-element/index.js",
            "@lit/reactive-element", "lit__reactive-element/reactive-element.js");

    /**
     * @param root what all addresses in the map begin with; empty as a rule
     * @param modules the plain paths of our modules
     * @param published turns the address of a static file into the one under which it is published for caching
     * @throws IllegalStateException if a WebJar is not on the class path
     */
    static ImportMap of(String root, Collection<String> modules, Function<String, String> published) {
        Map<String, String> imports = new TreeMap<>();
        ENTRY_POINTS.forEach((name, file) -> {
            String address = root + versioned("/webjars/" + file, published);
            imports.put(name, address);
            imports.put(name + "/", address.substring(0, address.lastIndexOf('/') + 1));
        });
        Map<String, String> own = new LinkedHashMap<>();
        modules.forEach(module -> own.put(root + module, root + published.apply(module)));
        imports.putAll(own);
        // Jackson leaves "<" alone; escaped, no file name can end the script element.
        String json =
                new JsonMapper().writeValueAsString(Map.of("imports", imports)).replace("<", "\\u003c");
        return new ImportMap(json, own);
    }

    private static String versioned(String file, Function<String, String> published) {
        String address = published.apply(file);
        if (address.equals(file)) {
            throw new IllegalStateException("The WebJar of " + file + " is not on the class path");
        }
        return address;
    }

    /** What a content security policy calls this map by (CSP 3, "hash-source"): {@code 'sha256-…'}, quotes included. */
    String cspSource() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
