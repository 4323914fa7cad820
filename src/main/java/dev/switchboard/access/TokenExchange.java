package dev.switchboard.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;

/** Trades a token in the address, which history and logs would keep, for a cookie; all else just goes on. */
final class TokenExchange implements AuthenticationSuccessHandler {

    private final Credentials credentials;

    TokenExchange(Credentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain, Authentication caller)
            throws IOException, ServletException {
        if (Credentials.inAddress(request).isPresent()) {
            onAuthenticationSuccess(request, response, caller);
        } else {
            chain.doFilter(request, response);
        }
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication caller) {
        Role role = ((Caller) caller).role();
        response.setStatus(HttpStatus.SEE_OTHER.value());
        response.setHeader(
                HttpHeaders.SET_COOKIE, credentials.cookieFor(request, role).toString());
        response.setHeader(HttpHeaders.LOCATION, Credentials.addressWithoutToken(request));
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("Referrer-Policy", "no-referrer");
    }
}
