package dev.switchboard.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;

/**
 * The page's own files, found on the class path: every room keeps its front-end parts in {@code static/app/<room>/}.
 * Paths are as a browser asks for them without a content hash, such as {@code /app/live/table.js}, sorted.
 */
final class PageFiles {

    private static final String ROOT = "/static";
    private static final String TOKENS = "/app/page/tokens.css";
    private static final String BASE = "/app/page/base.css";

    private final ResourcePatternResolver resources;

    PageFiles(ResourcePatternResolver resources) {
        this.resources = resources;
    }

    /** Every ES module, and the one classic script that goes before them. */
    List<String> scripts() {
        return find("js");
    }

    /** Every stylesheet: the design tokens first, then what all parts share, then one a part. */
    List<String> stylesheets() {
        return find("css").stream()
                .sorted((left, right) -> Integer.compare(rank(left), rank(right)))
                .toList();
    }

    private static int rank(String path) {
        return path.equals(TOKENS) ? 0 : path.equals(BASE) ? 1 : 2;
    }

    private List<String> find(String extension) {
        try {
            return Arrays.stream(resources.getResources("classpath*:" + ROOT + "/app/**/*." + extension))
                    .map(PageFiles::pathOf)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The page's files can't be listed", e);
        }
    }

    private static String pathOf(Resource resource) {
        try {
            String url = resource.getURL().toString();
            return url.substring(url.lastIndexOf(ROOT + "/app/") + ROOT.length());
        } catch (IOException e) {
            throw new UncheckedIOException("A file of the page has no address", e);
        }
    }
}
