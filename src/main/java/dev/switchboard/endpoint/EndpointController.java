package dev.switchboard.endpoint;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/endpoints")
@Tag(
        name = "Endpoints",
        description =
                "An endpoint is a socket that Switchboard holds: a listener that accepts connections (`tcp-server`), a"
                        + " caller that opens one (`tcp-client`), or a datagram socket (`udp`).")
class EndpointController {

    private final Endpoints endpoints;

    EndpointController(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    /** A page of endpoints, newest first. */
    @Schema(name = "EndpointPage")
    record Page(
            List<EndpointView> items,

            @Schema(description = "To be passed as `before` for the next page; null at the end.") @Nullable
            String next) {}

    @GetMapping
    @Operation(
            operationId = "listEndpoints",
            summary = "All endpoints",
            description = "With state and counters, newest first.")
    @ApiResponse(responseCode = "200", description = "A page of endpoints")
    Page list(
            @Parameter(description = "At most this many, 1 to 1000") @RequestParam(defaultValue = "100") int limit,
            @Parameter(description = "The `next` of the page before") @RequestParam(required = false) @Nullable
                    String before) {
        List<EndpointView> all = endpoints.list().stream().map(EndpointView::of).toList();
        int from = 0;
        if (before != null) {
            List<String> names = all.stream().map(EndpointView::name).toList();
            from = names.indexOf(before) + 1;
            if (from == 0) {
                throw RefusedException.malformed("before", "'" + before + "' is not the `next` of any page");
            }
        }
        int to = Math.min(all.size(), from + Paging.limit(limit));
        return new Page(all.subList(from, to), to < all.size() ? all.get(to - 1).name() : null);
    }

    @PostMapping
    @Operation(
            operationId = "createEndpoint",
            summary = "Make an endpoint",
            description = "Opens the socket at once unless `autoStart` is false. If its name or its address is taken,"
                    + " nothing is left behind.")
    @ApiResponse(responseCode = "201", description = "It is there; `Location` says where, `localAddress` on which port")
    @ApiResponse(responseCode = "409", description = "The name or the address is taken")
    @ApiResponse(responseCode = "422", description = "The definition makes no sense; `errors` names the fields")
    @ApiResponse(responseCode = "429", description = "There are as many endpoints as there may be")
    ResponseEntity<EndpointView> create(@RequestBody EndpointDefinition definition) {
        EndpointStatus made = endpoints.create(EndpointSpecs.read(definition));
        return ResponseEntity.created(URI.create("/api/endpoints/" + made.spec().name()))
                .body(EndpointView.of(made));
    }

    @GetMapping("/{name}")
    @Operation(
            operationId = "getEndpoint",
            summary = "One endpoint",
            description = "Its definition, its state and what crossed it so far.")
    @ApiResponse(responseCode = "200", description = "The endpoint")
    EndpointView get(@PathVariable String name) {
        return EndpointView.of(endpoints.get(name));
    }

    @PutMapping("/{name}")
    @Operation(
            operationId = "replaceEndpoint",
            summary = "Replace an endpoint's definition",
            description = "The socket is closed and opened anew only if the type, an address, the framing or"
                    + " `maxFrameBytes` changed. If the new address can't be had, the endpoint goes on as it was. A"
                    + " `name` may be left out; what else is left out takes its default.")
    @ApiResponse(responseCode = "200", description = "The endpoint as it is now")
    @ApiResponse(
            responseCode = "409",
            description = "The address is taken, or the endpoint is declared in configuration")
    @ApiResponse(responseCode = "422", description = "The definition makes no sense; `errors` names the fields")
    EndpointView replace(@PathVariable String name, @RequestBody EndpointDefinition definition) {
        endpoints.get(name);
        if (definition.name() != null && !definition.name().equals(name)) {
            throw RefusedException.meaningless(
                    "name", "an endpoint keeps its name, which is '" + name + "': make another one instead");
        }
        return EndpointView.of(endpoints.replace(EndpointSpecs.read(definition.withName(name))));
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "deleteEndpoint",
            summary = "Delete an endpoint",
            description = "Closes its sockets and forgets it; its history stays.")
    @ApiResponse(responseCode = "204", description = "It is gone")
    @ApiResponse(responseCode = "409", description = "It is declared in configuration; it can only be stopped")
    void delete(@PathVariable String name) {
        endpoints.delete(name);
    }

    @PostMapping("/{name}/start")
    @Operation(
            operationId = "startEndpoint",
            summary = "Start an endpoint",
            description = "Opens its socket; nothing happens if it runs already.")
    @ApiResponse(responseCode = "200", description = "The endpoint, started")
    @ApiResponse(responseCode = "409", description = "The address is taken")
    EndpointView start(@PathVariable String name) {
        return EndpointView.of(endpoints.start(name));
    }

    @PostMapping("/{name}/stop")
    @Operation(
            operationId = "stopEndpoint",
            summary = "Stop an endpoint",
            description = "Ends its connections in order and closes its socket; it stays defined.")
    @ApiResponse(responseCode = "200", description = "The endpoint, stopped")
    EndpointView stop(@PathVariable String name) {
        return EndpointView.of(endpoints.stop(name));
    }
}
