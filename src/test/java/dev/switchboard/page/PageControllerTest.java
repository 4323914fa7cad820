package dev.switchboard.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** The shell as it leaves the server, with the resource chain that the application has. */
@WebMvcTest(PageController.class)
@Import(PageConfiguration.class)
class PageControllerTest {

    private static final Pattern IMPORT_MAP = Pattern.compile("<script type=\"importmap\">(.*?)</script>");
    private static final Pattern ENTRY = Pattern.compile("<script type=\"module\" src=\"([^\"]+)\">");
    private static final Pattern STYLESHEET = Pattern.compile("<link rel=\"stylesheet\" href=\"([^\"]+)\">");

    @Autowired
    private MockMvc http;

    @Test
    void allowsNoInlineScriptButTheImportMapItHas() throws Exception {
        MockHttpServletResponse page = at("/");
        byte[] map = found(IMPORT_MAP, page).getBytes(StandardCharsets.UTF_8);
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(map));

        assertThat(page.getHeader("Content-Security-Policy"))
                .contains("script-src 'self' 'sha256-" + hash + "';")
                .contains("frame-ancestors 'none'")
                .endsWith("style-src 'self'");
        assertThat(page.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.getHeader("Referrer-Policy")).isEqualTo("same-origin");
    }

    @Test
    void hasNoInlineStyleThatThePolicyWouldRefuse() throws Exception {
        assertThat(at("/").getContentAsString()).doesNotContain("style=").doesNotContain("<style");
    }

    @Test
    void isAskedForAnewWhileItsFilesAreKeptForAYear() throws Exception {
        MockHttpServletResponse page = at("/");

        assertThat(page.getHeader("Cache-Control")).isEqualTo("no-cache");
        for (String file : new String[] {found(ENTRY, page), found(STYLESHEET, page)}) {
            assertThat(file).matches("/app/page/.*-[0-9a-f]{32}\\.(js|css)");
            assertThat(at(file).getStatus()).isEqualTo(200);
            assertThat(at(file).getHeader("Cache-Control")).isEqualTo("max-age=31536000");
        }
    }

    @Test
    void isTheSameShellForHistory() throws Exception {
        MockHttpServletResponse history = at("/history");

        assertThat(history.getContentAsString()).contains("<title>History · Switchboard</title>");
        assertThat(found(IMPORT_MAP, history)).isEqualTo(found(IMPORT_MAP, at("/")));
        assertThat(history.getHeader("Cache-Control")).isEqualTo("no-cache");
    }

    @Test
    void isTheSameShellForAnEndpointWhateverItsName() throws Exception {
        assertThat(at("/e/meter").getContentAsString()).contains("<title>meter · Switchboard</title>");
        assertThat(found(IMPORT_MAP, at("/e/meter"))).isEqualTo(found(IMPORT_MAP, at("/")));
        assertThat(at("/e/<script>").getContentAsString()).contains("<title>&lt;script&gt; · Switchboard</title>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/sb"})
    void letsSwaggerUiStyleItsElementsAndNothingElse(String context) throws Exception {
        assertThat(below(context, "/swagger-ui/index.html").getHeader("Content-Security-Policy"))
                .contains("script-src 'self';")
                .contains("style-src 'self' 'unsafe-inline'");
        assertThat(below(context, "/e/swagger-ui/").getHeader("Content-Security-Policy"))
                .endsWith("style-src 'self'");
    }

    private MockHttpServletResponse below(String context, String path) throws Exception {
        return http.perform(get(context + path).contextPath(context))
                .andReturn()
                .getResponse();
    }

    private MockHttpServletResponse at(String path) throws Exception {
        return http.perform(get(path)).andReturn().getResponse();
    }

    private static String found(Pattern pattern, MockHttpServletResponse page) throws Exception {
        Matcher matcher = pattern.matcher(page.getContentAsString());
        assertThat(matcher.find()).as(pattern.pattern()).isTrue();
        return matcher.group(1);
    }
}
