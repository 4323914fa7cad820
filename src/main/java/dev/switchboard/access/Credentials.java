package dev.switchboard.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * How a request shows that it knows a token: in its address, once, and from then on in a cookie or a header. The one in
 * the address comes first, for whoever opens such an address means it; and a header is not even looked at where there
 * is a cookie, for then it is meant for a proxy before us.
 */
final class Credentials implements AuthenticationConverter {

    private static final String PARAMETER = "token=";
    private static final String BEARER = "Bearer ";

    private final Tokens tokens;

    Credentials(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        return inAddress(request)
                .<Authentication>map(token -> new PresentedToken(token, request.getRemoteAddr()))
                .or(() -> roleByCookie(request).map(Caller::new))
                .or(() -> inHeader(request).map(token -> new PresentedToken(token, request.getRemoteAddr())))
                .orElse(null);
    }

    /** The token in the address of the request. Only one that can be repeated elsewhere may carry it there. */
    static Optional<String> inAddress(HttpServletRequest request) {
        boolean repeatable =
                request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        return repeatable
                ? parameters(request)
                        .filter(Credentials::isTokenParameter)
                        .map(Credentials::decoded)
                        .findFirst()
                : Optional.empty();
    }

    private static String decoded(String parameter) {
        String value = parameter.substring(PARAMETER.length());
        try {
            return URLDecoder.decode(value, UTF_8);
        } catch (IllegalArgumentException e) {
            // No token has a % in it, so it will be wrong.
            return value;
        }
    }

    /** Cookies of earlier tokens are as good as none. */
    private Optional<Role> roleByCookie(HttpServletRequest request) {
        String name = cookieName(request);
        return Optional.ofNullable(request.getCookies()).stream()
                .flatMap(Arrays::stream)
                .filter(cookie -> cookie.getName().equals(name))
                .map(Cookie::getValue)
                .flatMap(value -> tokens.roleOfCookie(value).stream())
                .findFirst();
    }

    private static Optional<String> inHeader(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                .filter(authorization -> authorization.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(authorization -> authorization.substring(BEARER.length()).trim());
    }

    /**
     * The path and query of the request without the token. From the raw ones, so that nothing in them changes; and
     * never with two slashes at the beginning, which would be the address of another host.
     */
    static String addressWithoutToken(HttpServletRequest request) {
        String path = request.getRequestURI().replaceFirst("^/+", "/");
        String query = parameters(request)
                .filter(parameter -> !isTokenParameter(parameter))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? path : path + "?" + query;
    }

    private static Stream<String> parameters(HttpServletRequest request) {
        return Optional.ofNullable(request.getQueryString()).stream().flatMap(query -> Stream.of(query.split("&")));
    }

    private static boolean isTokenParameter(String parameter) {
        return parameter.startsWith(PARAMETER);
    }

    /** Lives as long as the browser's session. */
    ResponseCookie cookieFor(HttpServletRequest request, Role role) {
        return ResponseCookie.from(cookieName(request), tokens.cookieOf(role))
                .path("/")
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Strict")
                .build();
    }

    /**
     * Browsers send a cookie to every port of its host, so the port as the browser sees it is part of the name: two
     * Switchboards on one machine must not take each other's cookie away.
     */
    private static String cookieName(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader(HttpHeaders.HOST))
                .flatMap(Authority::parse)
                .filter(Authority::hasPort)
                .map(authority -> "switchboard-" + authority.port())
                .orElse("switchboard");
    }
}
