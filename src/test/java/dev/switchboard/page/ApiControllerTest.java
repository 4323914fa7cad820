package dev.switchboard.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The document and its page as they leave the server, with a path before ours and without. */
@WebMvcTest(ApiController.class)
@Import({ApiConfiguration.class, PageConfiguration.class})
class ApiControllerTest {

    @Autowired
    private MockMvc http;

    @Autowired
    private JsonMapper json;

    @ParameterizedTest
    @ValueSource(strings = {"", "/sb"})
    void theDocumentNamesTheServerItCameFrom(String context) throws Exception {
        String path = context + "/v3/api-docs";
        MockHttpServletResponse document = at(context, path);

        assertThat(document.getStatus()).isEqualTo(200);
        assertThat(document.getContentType()).isEqualTo("application/json");
        JsonNode server = json.readTree(document.getContentAsByteArray()).at("/servers/0/url");
        assertThat(URI.create("http://localhost" + path).resolve(server.asString()))
                .isEqualTo(URI.create("http://localhost" + context + "/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v3/api-docs",
                "/swagger-ui/index.html",
                "/swagger-ui/swagger-initializer.js",
                "/swagger-ui/swagger-ui-bundle.js"
            })
    void whatABrowserHasAlreadyIsNotSentAgain(String path) throws Exception {
        MockHttpServletResponse first = at("", path);
        assertThat(first.getStatus()).isEqualTo(200);
        assertThat(first.getHeader("Cache-Control")).isEqualTo("no-cache");
        assertThat(first.getHeader("Last-Modified")).isNull();

        MockHttpServletResponse again = http.perform(get(path).header("If-None-Match", first.getHeader("ETag")))
                .andReturn()
                .getResponse();
        assertThat(again.getStatus()).isEqualTo(304);
        assertThat(again.getContentAsByteArray()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/sb", "/behind/a/proxy"})
    void theShortAddressLeadsToThePage(String prefix) throws Exception {
        MockHttpServletResponse redirect = at("", "/swagger-ui.html");

        assertThat(redirect.getStatus()).isEqualTo(302);
        assertThat(URI.create(prefix + "/swagger-ui.html").resolve(redirect.getHeader("Location")))
                .isEqualTo(URI.create(prefix + "/swagger-ui/index.html"));
    }

    @Test
    void thePageShowsOurDocument() throws Exception {
        assertThat(at("", "/swagger-ui/swagger-initializer.js").getContentAsString())
                .contains("url: \"../v3/api-docs\"")
                .doesNotContain("petstore");
        assertThat(at("", "/swagger-ui/nothing.js").getStatus()).isEqualTo(404);
    }

    private MockHttpServletResponse at(String context, String path) throws Exception {
        return http.perform(get(path).contextPath(context)).andReturn().getResponse();
    }
}
