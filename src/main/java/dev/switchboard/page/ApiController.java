package dev.switchboard.page;

import java.io.IOException;
import java.net.URI;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the API says of itself: the OpenAPI document, and the way to the page that shows it. */
@RestController
final class ApiController {

    private static final Resource DOCUMENT = new ClassPathResource("openapi/openapi.json");

    @GetMapping("/v3/api-docs")
    ResponseEntity<byte[]> document() throws IOException {
        byte[] document = DOCUMENT.getContentAsByteArray();
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noCache())
                // Not the time of the file: that is the same in every jar.
                .eTag(DigestUtils.md5DigestAsHex(document))
                .body(document);
    }

    /** Relative, since a proxy may have taken something off the path. */
    @GetMapping("/swagger-ui.html")
    ResponseEntity<Void> page() {
        return ResponseEntity.status(HttpStatus.FOUND)
                .location(URI.create("./swagger-ui/index.html"))
                .build();
    }
}
