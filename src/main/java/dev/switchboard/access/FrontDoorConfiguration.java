package dev.switchboard.access;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.access.intercept.RequestMatcherDelegatingAuthorizationManager;
import org.springframework.security.web.authentication.AuthenticationEntryPointFailureHandler;
import org.springframework.security.web.authentication.AuthenticationFilter;
import org.springframework.security.web.context.AbstractSecurityWebApplicationInitializer;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.servletapi.SecurityContextHolderAwareRequestFilter;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import tools.jackson.databind.json.JsonMapper;

/**
 * The front door: each HTTP request passes here before anything of ours sees it, WebSocket handshakes and actuator
 * endpoints too. In this order are checked how it is written, the host it was sent to and the page it comes from, the
 * token, and whether the token is good for what is asked.
 */
@Configuration(proxyBeanMethods = false)
class FrontDoorConfiguration {

    private static final String OPERATOR = "OPERATOR";
    private static final String VIEWER = "VIEWER";

    /**
     * Each filter it takes and no other. Nothing is remembered between requests, nobody logs in or out. That a page of
     * others can't use somebody's browser (CSRF) is up to {@link HostAndOrigin}: a browser says in Origin where a
     * request comes from, and unlike a secret in each form this also holds for WebSockets, and asks nothing of programs
     * that are no browsers.
     */
    @Bean(AbstractSecurityWebApplicationInitializer.DEFAULT_FILTER_NAME)
    FilterChainProxy frontDoor(
            Entrance entrance,
            AccessProperties properties,
            JsonMapper json,
            @Value("${management.endpoints.web.base-path:/actuator}") String base)
            throws ServletException {
        String actuator = base.replaceFirst("/$", "");
        OpenPaths open = new OpenPaths(actuator);
        Refusals refusals = new Refusals(json);
        ExceptionTranslationFilter refusing = new ExceptionTranslationFilter(refusals, new NullRequestCache());
        refusing.setAccessDeniedHandler(refusals);
        FilterChainProxy door = new FilterChainProxy(new DefaultSecurityFilterChain(
                AnyRequestMatcher.INSTANCE,
                new HostAndOrigin(open, new AllowedHosts(properties.allowedHosts(), entrance.bind()), refusals),
                new SecurityContextHolderFilter(new RequestAttributeSecurityContextRepository()),
                identification(entrance.tokens(), open, refusals),
                roleOfRequest(),
                refusing,
                new AuthorizationFilter(rules(open, actuator))));
        door.setRequestRejectedHandler(refusals);
        return door;
    }

    /** Has each request know whether it is the operator who asks ({@link HttpServletRequest#isUserInRole}). */
    private static Filter roleOfRequest() throws ServletException {
        SecurityContextHolderAwareRequestFilter filter = new SecurityContextHolderAwareRequestFilter();
        filter.setSecurityContextRepository(new RequestAttributeSecurityContextRepository());
        // The chain does not, for it has no beans.
        filter.afterPropertiesSet();
        return filter;
    }

    private static AuthorizationManager<HttpServletRequest> rules(OpenPaths open, String actuator) {
        return RequestMatcherDelegatingAuthorizationManager.builder()
                .requestMatchers(open)
                .permitAll()
                .requestMatchers(paths("/ws/live"))
                .hasRole(VIEWER)
                // What else a WebSocket carries may go out through a socket.
                .requestMatchers(SameOrigin::isWebSocketHandshake)
                .hasRole(OPERATOR)
                .requestMatchers(request -> !SameOrigin.isSafe(request))
                .hasRole(OPERATOR)
                .requestMatchers(paths(
                        actuator,
                        actuator + "/health/**",
                        actuator + "/info",
                        actuator + "/metrics/**",
                        actuator + "/prometheus"))
                .hasRole(VIEWER)
                // What else actuator has, such as the heap or the log, would show the operator's token.
                .requestMatchers(paths(actuator + "/**"))
                .hasRole(OPERATOR)
                .anyRequest()
                .hasRole(VIEWER)
                .build();
    }

    private static RequestMatcher[] paths(String... patterns) {
        return Stream.of(patterns)
                .map(PathPatternRequestMatcher.withDefaults()::matcher)
                .toArray(RequestMatcher[]::new);
    }

    /** Where no token is needed, whoever can ask is the operator. */
    private static AuthenticationFilter identification(Optional<Tokens> tokens, OpenPaths open, Refusals refusals) {
        if (tokens.isEmpty()) {
            AuthenticationManager known = caller -> caller;
            AuthenticationFilter everybody = new AuthenticationFilter(known, request -> new Caller(Role.OPERATOR));
            everybody.setSuccessHandler((request, response, caller) -> {});
            return everybody;
        }
        Credentials credentials = new Credentials(tokens.get());
        AuthenticationFilter byToken = new AuthenticationFilter(new TokenCheck(tokens.get()), credentials);
        byToken.setRequestMatcher(new NegatedRequestMatcher(open));
        byToken.setSuccessHandler(new TokenExchange(credentials));
        byToken.setFailureHandler(new AuthenticationEntryPointFailureHandler(refusals));
        return byToken;
    }

    /** Spring Boot would put it behind filters that read bodies. */
    @Bean
    DelegatingFilterProxyRegistrationBean frontDoorRegistration() {
        DelegatingFilterProxyRegistrationBean registration = new DelegatingFilterProxyRegistrationBean(
                AbstractSecurityWebApplicationInitializer.DEFAULT_FILTER_NAME);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
        return registration;
    }
}
