package dev.switchboard.access;

import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationListener;

/** Tells, once the application is ready, the address to open; with the token in it when nobody else can know it. */
final class Invitation implements ApplicationListener<ApplicationReadyEvent> {

    private static final Logger log = LoggerFactory.getLogger(Invitation.class);

    private final Entrance entrance;
    private final ServerProperties server;

    Invitation(Entrance entrance, ServerProperties server) {
        this.entrance = entrance;
        this.server = server;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        if (event.getApplicationContext() instanceof WebServerApplicationContext context) {
            String address = address(Objects.requireNonNull(context.getWebServer(), "ready without a web server"));
            entrance.tokens()
                    .map(Tokens::operator)
                    .filter(AccessToken::isRandom)
                    .ifPresentOrElse(
                            token -> log.info(
                                    "Open {}?token={} (the token is for this run; {} sets one that stays)",
                                    address,
                                    token.text(),
                                    AccessProperties.TOKEN),
                            () -> log.info("Open {}", address));
            if (entrance.othersMayGuess()) {
                log.warn(
                        "A token that was set has less than {} characters, and other machines may guess it. Make one"
                                + " that nobody can: openssl rand -base64 24",
                        AccessToken.HARD_TO_GUESS);
            }
            if (entrance.tokens().flatMap(Tokens::viewer).isPresent()) {
                log.info("To only look, open {}?token=… with what {} says", address, AccessProperties.VIEWER_TOKEN);
            }
        }
    }

    private String address(WebServer started) {
        String scheme = Ssl.isEnabled(server.getSsl()) ? "https" : "http";
        String contextPath = Objects.requireNonNullElse(server.getServlet().getContextPath(), "");
        return "%s://%s:%d%s/".formatted(scheme, entrance.bind().host(), started.getPort(), contextPath);
    }
}
