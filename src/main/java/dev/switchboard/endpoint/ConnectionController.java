package dev.switchboard.endpoint;

import dev.switchboard.traffic.CloseReason;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/connections")
@Tag(
        name = "Connections",
        description =
                "A TCP connection, or a UDP peer: one remote address seen on one endpoint. The newest of the closed"
                        + " ones are remembered.")
class ConnectionController {

    private static final long CLOSE_SECONDS = 10;

    private final ConnectionRegistry registry;

    ConnectionController(ConnectionRegistry registry) {
        this.registry = registry;
    }

    /** A page of connections, newest first. */
    @Schema(name = "ConnectionPage")
    record Page(
            List<ConnectionView> items,

            @Schema(description = "To be passed as `before` for the next page; null at the end.") @Nullable
            String next) {}

    @GetMapping
    @Operation(
            operationId = "listConnections",
            summary = "Find connections",
            description = "Newest first. A half-closed one counts as open.")
    @ApiResponse(responseCode = "200", description = "A page of connections")
    Page list(
            @Parameter(description = "Only those of this endpoint") @RequestParam(required = false) @Nullable
                    String endpoint,
            @Parameter(description = "Only those in this state", schema = @Schema(allowableValues = {"open", "closed"}))
                    @RequestParam(required = false)
                    @Nullable
                    String state,
            @Parameter(description = "At most this many, 1 to 1000") @RequestParam(defaultValue = "100") int limit,
            @Parameter(description = "The `next` of the page before") @RequestParam(required = false) @Nullable
                    String before) {
        Predicate<Connection> matches = inState(state);
        if (endpoint != null) {
            matches = matches.and(known -> known.key().endpoint().equals(endpoint));
        }
        int most = Paging.limit(limit);
        List<Connection> found = registry.list(matches, sequence(before), most + 1);
        boolean more = found.size() > most;
        List<ConnectionView> items =
                found.stream().limit(most).map(ConnectionView::of).toList();
        return new Page(items, more ? items.getLast().id() : null);
    }

    private static Predicate<Connection> inState(@Nullable String state) {
        return switch (state) {
            case null -> known -> true;
            case "open" -> known -> known.state() != Connection.State.CLOSED;
            case "closed" -> known -> known.state() == Connection.State.CLOSED;
            default -> throw RefusedException.malformed("state", "'" + state + "' is no state: choose open or closed");
        };
    }

    private long sequence(@Nullable String before) {
        if (before == null) {
            return Long.MAX_VALUE;
        }
        return registry.sequence(before)
                .orElseThrow(
                        () -> RefusedException.malformed("before", "'" + before + "' is not the `next` of any page"));
    }

    @GetMapping("/{id}")
    @Operation(
            operationId = "getConnection",
            summary = "One connection",
            description = "Open, or remembered after it closed.")
    @ApiResponse(responseCode = "200", description = "The connection")
    ConnectionView get(@PathVariable String id) {
        return registry.find(id).map(ConnectionView::of).orElseThrow(() -> unknown(id));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "closeConnection",
            summary = "Close a connection",
            description = "In order, with a FIN after what waits to be sent; with `how=reset` at once, with a real RST,"
                    + " so that the peer's next read fails with ECONNRESET; with `how=half` our sending side only. For a"
                    + " UDP peer it only forgets the peer.")
    @ApiResponse(responseCode = "204", description = "Done: the kernel has closed it, or shut our side")
    @ApiResponse(responseCode = "409", description = "It is closed already, or our side is")
    @ApiResponse(responseCode = "422", description = "UDP has no connection to reset or to half-close")
    @ApiResponse(responseCode = "504", description = "The kernel has not closed it yet; it will")
    void close(
            @PathVariable String id,
            @Parameter(
                            description =
                                    "How: with a FIN (`close`), with a RST (`reset`), or our sending side only (`half`)",
                            schema = @Schema(allowableValues = {"close", "reset", "half"}))
                    @RequestParam(defaultValue = "close")
                    String how)
            throws InterruptedException {
        OpenConnection open = registry.open(id)
                .orElseThrow(() -> registry.find(id).isPresent()
                        ? RefusedException.conflict("connection '" + id + "' is closed already")
                        : unknown(id));
        try {
            CompletableFuture<Void> done = switch (how) {
                case "close" -> open.close(CloseReason.LOCAL_CLOSE);
                case "reset" -> open.reset();
                case "half" -> open.halfClose();
                default ->
                    throw RefusedException.malformed(
                            "how", "'" + how + "' is no way to close: leave it out, or choose reset or half");
            };
            done.get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (UnsupportedOperationException e) {
            throw RefusedException.meaningless("how", String.valueOf(e.getMessage()));
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof RefusedException refused) {
                throw refused;
            }
            throw RefusedException.conflict(String.valueOf(cause == null ? null : cause.getMessage()));
        } catch (TimeoutException e) {
            throw RefusedException.timedOut("the kernel has not closed it yet; it will be closed");
        }
    }

    private static RefusedException unknown(String id) {
        return RefusedException.unknown("there is no connection '" + id + "', or it was closed too long ago");
    }
}
