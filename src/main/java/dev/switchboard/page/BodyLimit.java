package dev.switchboard.page;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds what a request may bring with it; Tomcat bounds forms only. Whoever reads past a bound gets an exception. An
 * import is read as it comes, and bounds its size itself by what history has room for.
 */
final class BodyLimit extends OncePerRequestFilter {

    private static final String IMPORT = "/api/messages/import";

    private final BodyBounds held;
    private final BodyBounds streamed;
    private final LongSupplier nanoTime;

    /** @param nanoTime as {@link System#nanoTime()} */
    BodyLimit(BodyBounds bounds, LongSupplier nanoTime) {
        this.held = bounds;
        this.streamed = bounds.streamed();
        this.nanoTime = nanoTime;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        // The raw path is compared, so that no two readings of one path can differ.
        boolean imports = request.getRequestURI().equals(request.getContextPath() + IMPORT);
        Limited limited = new Limited(request, imports ? streamed : held);
        try {
            chain.doFilter(limited, response);
        } finally {
            limited.release();
        }
    }

    private final class Limited extends HttpServletRequestWrapper {

        private final BodyBounds bounds;
        private @Nullable RequestBody body;

        private Limited(HttpServletRequest request, BodyBounds bounds) {
            super(request);
            this.bounds = bounds;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            RequestBody opened = body;
            if (opened == null) {
                bounds.checkLength(getContentLengthLong());
                opened = new RequestBody(super.getInputStream(), bounds, nanoTime);
                body = opened;
            }
            return opened;
        }

        private void release() {
            if (body != null) {
                body.release();
            }
        }
    }
}
