package dev.switchboard.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/** How a request shows that it knows the token: in its address, once, and from then on in a cookie or a header. */
final class Credentials {

    private static final String PARAMETER = "token=";
    private static final String BEARER = "Bearer ";

    private final AccessToken token;

    Credentials(AccessToken token) {
        this.token = token;
    }

    /** Whether the request has a token to show, right or wrong. */
    static boolean arePresented(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.AUTHORIZATION) != null
                || parameters(request).anyMatch(Credentials::isTokenParameter);
    }

    boolean areInHeaderOf(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        return authorization != null
                && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                && token.isToken(authorization.substring(BEARER.length()).trim());
    }

    boolean areInCookieOf(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        String name = cookieName(request);
        return cookies != null
                && Arrays.stream(cookies)
                        .anyMatch(cookie -> cookie.getName().equals(name) && token.isCookie(cookie.getValue()));
    }

    /** Whether the request carries the token in its address. Only one that can be repeated elsewhere may do so. */
    boolean areInAddressOf(HttpServletRequest request) {
        return (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"))
                && parameters(request).filter(Credentials::isTokenParameter).anyMatch(this::isTokenIn);
    }

    private boolean isTokenIn(String parameter) {
        try {
            return token.isToken(URLDecoder.decode(parameter.substring(PARAMETER.length()), UTF_8));
        } catch (IllegalArgumentException e) {
            return false;
        }
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
    ResponseCookie cookieFor(HttpServletRequest request) {
        return ResponseCookie.from(cookieName(request), token.cookie())
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
