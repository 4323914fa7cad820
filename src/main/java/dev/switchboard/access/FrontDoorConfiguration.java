package dev.switchboard.access;

import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AuthenticationEntryPointFailureHandler;
import org.springframework.security.web.authentication.AuthenticationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import tools.jackson.databind.json.JsonMapper;

/**
 * The front door: each HTTP request passes here before anything of ours sees it, WebSocket handshakes and actuator
 * endpoints too. In this order are checked how it is written, the host it was sent to and the page it comes from, the
 * token, and whether the token is good for what is asked.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class FrontDoorConfiguration {

    private static final String OPERATOR = "OPERATOR";
    private static final String VIEWER = "VIEWER";

    @Bean
    Refusals refusals(JsonMapper json) {
        return new Refusals(json);
    }

    @Bean
    SecurityFilterChain frontDoor(
            HttpSecurity http,
            Entrance entrance,
            AccessProperties properties,
            Refusals refusals,
            @Value("${management.endpoints.web.base-path:/actuator}") String base) {
        String actuator = base.replaceFirst("/$", "");
        OpenPaths open = new OpenPaths(actuator);
        AllowedHosts hosts = new AllowedHosts(properties.allowedHosts(), entrance.bind());
        return http.addFilterBefore(new HostAndOrigin(open, hosts, refusals), SecurityContextHolderFilter.class)
                .addFilterBefore(identification(entrance.tokens(), open, refusals), AuthorizationFilter.class)
                .authorizeHttpRequests(rules -> rules.requestMatchers(open)
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, "/ws/live")
                        .hasRole(VIEWER)
                        // What else a WebSocket carries may go out through a socket.
                        .requestMatchers(SameOrigin::isWebSocketHandshake)
                        .hasRole(OPERATOR)
                        .requestMatchers(request -> !SameOrigin.isSafe(request))
                        .hasRole(OPERATOR)
                        .requestMatchers(seenByViewers(actuator))
                        .hasRole(VIEWER)
                        // What else actuator has, such as the heap or the log, would show the operator's token.
                        .requestMatchers(actuator + "/**")
                        .hasRole(OPERATOR)
                        .anyRequest()
                        .hasRole(VIEWER))
                .exceptionHandling(
                        denial -> denial.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                // Nothing is remembered between requests, nobody logs in or out.
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                // HostAndOrigin does it: a browser says in Origin which page a request comes from, and unlike a secret
                // in
                // each form this also holds for WebSockets, and asks nothing of programs that are no browsers.
                .csrf(AbstractHttpConfigurer::disable)
                // The room page sends those, for it knows which scripts it has.
                .headers(AbstractHttpConfigurer::disable)
                .build();
    }

    private static String[] seenByViewers(String actuator) {
        return new String[] {
            actuator, actuator + "/health/**", actuator + "/info", actuator + "/metrics/**", actuator + "/prometheus"
        };
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
        DelegatingFilterProxyRegistrationBean registration =
                new DelegatingFilterProxyRegistrationBean("springSecurityFilterChain");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
        return registration;
    }

    /** An observation of each filter would cost more than the filters. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }
}
