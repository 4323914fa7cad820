package dev.switchboard.page;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The unit tests of the page's own modules: files named {@code *.test.js}, each exporting its {@code tests} by name.
 */
class ModulesBrowserIT extends PageInBrowser {

    private static final String FOLDER = "browser-test";

    /** A test that waits for what never comes must not hold up all others. */
    private static final String RUN = """
            async ([url, name]) => {
              const { tests } = await import(url);
              const late = new Promise((_, reject) => setTimeout(() => reject(new Error('not done after 60 s')), 60_000));
              await Promise.race([tests[name](), late]);
            }""";

    @TestFactory
    Stream<DynamicNode> modules() throws IOException {
        Page page = open("/");
        page.route("/" + FOLDER + "/**", ModulesBrowserIT::fulfil);
        Resource[] files =
                new PathMatchingResourcePatternResolver().getResources("classpath*:" + FOLDER + "/**/*.test.js");
        return Arrays.stream(files).map(ModulesBrowserIT::url).sorted().map(url -> tests(page, url));
    }

    @SuppressWarnings("unchecked")
    private static DynamicNode tests(Page page, String url) {
        var names = (List<String>) page.evaluate("async url => Object.keys((await import(url)).tests)", url);
        return dynamicContainer(
                url, names.stream().map(name -> dynamicTest(name, () -> page.evaluate(RUN, List.of(url, name)))));
    }

    private static String url(Resource file) {
        try {
            String address = file.getURL().toString();
            return address.substring(address.lastIndexOf("/" + FOLDER + "/"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void fulfil(Route route) {
        String path = URI.create(route.request().url()).getPath();
        try (var file = ModulesBrowserIT.class.getResourceAsStream(path)) {
            route.fulfill(
                    new Route.FulfillOptions().setContentType("text/javascript").setBodyBytes(file.readAllBytes()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
