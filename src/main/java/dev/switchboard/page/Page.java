package dev.switchboard.page;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.web.servlet.resource.ResourceUrlProvider;

/**
 * What the shell needs to know about the page's files. Made when first asked for, since the resource chain knows the
 * addresses only once all beans are made, and the same from then on. Safe for use by any thread.
 */
final class Page {

    /** Runs before the first paint as a classic script, so it is none of the modules. */
    private static final String FIRST = "/app/page/first.js";

    private final String root;
    private final PageFiles files;
    private final ResourceUrlProvider urls;
    private volatile Optional<Contents> contents = Optional.empty();

    /** @param root what all addresses begin with: empty, or the path of the application without a slash at its end */
    Page(String root, PageFiles files, ResourceUrlProvider urls) {
        this.root = root;
        this.files = files;
        this.urls = urls;
    }

    public String getRoot() {
        return root;
    }

    /** The JSON of the import map. */
    public String getImportMap() {
        return contents().importMap().json();
    }

    /** The modules to fetch ahead, so that the browser need not discover them one import after another. */
    public Collection<String> getModules() {
        return contents().importMap().modules().values();
    }

    /** The stylesheets in the order in which they apply. */
    public List<String> getStylesheets() {
        return contents().stylesheets();
    }

    /** The one inline script the page has, as the content security policy names it. */
    String importMapSource() {
        return contents().importMapSource();
    }

    private Contents contents() {
        return contents.orElseGet(() -> {
            ImportMap importMap = ImportMap.of(
                    root,
                    files.scripts().stream()
                            .filter(script -> !script.equals(FIRST))
                            .toList(),
                    this::published);
            Contents made = new Contents(
                    importMap,
                    importMap.cspSource(),
                    files.stylesheets().stream()
                            .map(sheet -> root + published(sheet))
                            .toList());
            contents = Optional.of(made);
            return made;
        });
    }

    private String published(String path) {
        String published = urls.getForLookupPath(path);
        return published == null ? path : published;
    }

    private record Contents(ImportMap importMap, String importMapSource, List<String> stylesheets) {}
}
