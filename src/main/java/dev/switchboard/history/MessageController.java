package dev.switchboard.history;

import dev.switchboard.framing.Framing;
import dev.switchboard.framing.PayloadEncoding;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.MessageView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/messages")
@Tag(name = "Messages", description = "What crossed the wire, as far as history reaches.")
class MessageController {

    private static final List<String> FILTERS = FilterQuery.NAMES;
    private static final List<String> FILTERS_AND_PAGE =
            FilterQuery.namesAnd("encoding", "limit", "before", "after", "framing", "delimiter", "bytes", "size");
    private static final List<String> FILTERS_AND_BUCKETS = FilterQuery.namesAnd("buckets");

    private final History history;

    MessageController(History history) {
        this.history = history;
    }

    @Schema(name = "MessagePage")
    record MessagesView(
            List<MessageView> items,

            @Schema(description = "To be passed as `before` for the next page; null at the end.") @Nullable
            String next,

            @Schema(
                    description =
                            "To be passed as `after` for what is newer than this page, now or later; null where there is"
                                    + " nothing to be newer than.")
            @Nullable
            String newer,

            @Schema(description = "How many frames in the range of this page were not recorded.")
            long captureGap,

            @Schema(
                    description = "False where time ran out before the page was full: these are the messages found by "
                            + "then, possibly none, and `next` goes on from the place reached.")
            boolean complete,

            @Schema(
                    description =
                            "Where time ran out, the time reached: everything later was looked at. Null otherwise.")
            @Nullable
            String searchedTo) {

        static MessagesView of(MessagePage page, PayloadEncoding encoding) {
            return new MessagesView(
                    views(page.items(), encoding),
                    page.next().isPresent() ? Long.toString(page.next().getAsLong()) : null,
                    page.items().isEmpty()
                            ? null
                            : Long.toString(page.items().getFirst().id()),
                    page.captureGap(),
                    page.complete(),
                    TimeParameter.format(page.searchedTo()));
        }

        static MessagesView of(NewerMessages page, PayloadEncoding encoding) {
            return new MessagesView(
                    views(page.items(), encoding),
                    page.items().isEmpty()
                            ? null
                            : Long.toString(page.items().getLast().id()),
                    Long.toString(page.reached()),
                    page.captureGap(),
                    page.searchedTo().isEmpty(),
                    TimeParameter.format(page.searchedTo()));
        }

        static MessagesView of(Reframed page, PayloadEncoding encoding) {
            return new MessagesView(
                    views(page.items(), encoding),
                    page.next(),
                    null,
                    page.captureGap(),
                    page.cutAt().isEmpty(),
                    TimeParameter.format(page.cutAt()));
        }

        private static List<MessageView> views(List<Frame> frames, PayloadEncoding encoding) {
            return frames.stream().map(frame -> MessageView.of(frame, encoding)).toList();
        }
    }

    @Schema(name = "Deleted")
    record DeletedView(
            @Schema(description = "How many messages.") long deleted) {}

    @GetMapping
    @Operation(operationId = "findMessages", summary = "Find messages, newest first", description = """
                    Conditions add up: a message is shown when it meets all of them. Whatever was sent or received \
                    before this call is found by it. `captureGap` says how many frames in the range of the page \
                    crossed the wire without being recorded, because recording could not keep up; as a rule it is 0. \
                    A search ends after `switchboard.history.query-timeout` (2 s), and says so: then `complete` is \
                    false, and `next` goes on where it ended. With `after` the page is the one that comes right after \
                    a message, towards the newer; with the `newer` of any page one asks for what came since. \
                    A parameter that is unknown, empty or given twice is an error.

                    `framing` lays another framing over what crossed **one TCP connection**, each way for itself: \
                    messages are cut anew out of its bytes, and the conditions hold for what comes out. A message's \
                    `id` then names the place where it ends; several may share one, and it may not be looked up. What \
                    is left at the end, and what can't be cut, has `complete: false`. Cutting begins with the oldest \
                    byte kept, or, where there are more, 16 MiB back: then the last page of those says `complete: \
                    false` and when they begin, and `next` goes on with the 16 MiB before. `after` and `newer` are not for it.""")
    @ApiResponse(responseCode = "200", description = "A page of messages")
    @ApiResponse(responseCode = "422", description = "Another framing can't be laid over datagrams.")
    MessagesView messages(
            FilterQuery query,
            PageQuery page,
            FramingQuery framing,
            @Parameter(description = "The `newer` of another page: what comes right after it. Not with `before`.")
                    @RequestParam(required = false)
                    @Nullable
                    String after,
            @Parameter(description = "How payloads are written; `escaped` can show every byte.")
                    @RequestParam(required = false)
                    @Nullable
                    String encoding,
            HttpServletRequest request) {
        StrictParameters.check(request, FILTERS_AND_PAGE);
        PayloadEncoding chosen = encoding(encoding);
        Framing other = framing.framing(query, after);
        if (other != null) {
            return MessagesView.of(history.reframed(query.filter(), other, page.before(), page.size()), chosen);
        }
        return after == null
                ? MessagesView.of(history.messages(query.filter(), page.bound(), page.size()), chosen)
                : MessagesView.of(history.messagesAfter(query.filter(), page.after(after), page.size()), chosen);
    }

    @GetMapping("/summary")
    @Operation(operationId = "sumUpMessages", summary = "What messages add up to", description = """
                    Frames and payload bytes of the messages that meet all conditions, in all and, with `buckets`, over \
                    time. The time spanned is that of `since` and `until` where they are given; otherwise it begins and \
                    ends with the oldest and the newest message that meets the conditions other than `origin`, \
                    `contains` and `containsHex`. The answer is exact unless `complete` is false: then time ran out \
                    (`switchboard.history.query-timeout`, 2 s), and what is older than `searchedTo` is not counted.""")
    @ApiResponse(responseCode = "200", description = "The sums")
    SummaryView summary(
            FilterQuery query,
            @Parameter(
                            description =
                                    "Into how many parts of equal length to divide the time spanned, at the most.",
                            schema =
                                    @Schema(
                                            type = "integer",
                                            minimum = "0",
                                            maximum = "" + SummaryView.MAX_BUCKETS,
                                            defaultValue = "0"))
                    @RequestParam(required = false)
                    @Nullable
                    String buckets,
            HttpServletRequest request) {
        StrictParameters.check(request, FILTERS_AND_BUCKETS);
        return SummaryView.of(history.summary(query.filter(), SummaryView.buckets(buckets)));
    }

    @GetMapping("/{id}")
    @Operation(
            operationId = "getMessage",
            summary = "One message, whole",
            description = "With its payload, however long.")
    @ApiResponse(responseCode = "200", description = "The message")
    @ApiResponse(responseCode = "404", description = "It never was, was deleted, or is older than what is kept.")
    MessageView message(
            @PathVariable String id,
            @Parameter(description = "How the payload is written; `escaped` can show every byte.")
                    @RequestParam(required = false)
                    @Nullable
                    String encoding,
            HttpServletRequest request) {
        StrictParameters.check(request, List.of("encoding"));
        return MessageView.of(find(id), encoding(encoding));
    }

    @GetMapping(path = "/{id}/payload", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Operation(
            operationId = "getPayload",
            summary = "The payload of a message, byte for byte",
            description = "Without what framing put around it.")
    @ApiResponse(
            responseCode = "200",
            description = "The bytes",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(responseCode = "404", description = "It never was, was deleted, or is older than what is kept.")
    ResponseEntity<byte[]> payload(@PathVariable String id) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(find(id).payload());
    }

    @DeleteMapping
    @Operation(operationId = "forgetMessages", summary = "Forget messages", description = """
                    Forgets the messages that meet all conditions and were captured before this call. Without any \
                    condition it forgets **all** messages. Life-cycle events stay. Forgotten messages can't be brought \
                    back. A parameter that is unknown, empty or given twice is an error, and then nothing is deleted, \
                    so a typo can't delete more than was meant.""")
    @ApiResponse(responseCode = "200", description = "How many were forgotten")
    DeletedView delete(FilterQuery query, HttpServletRequest request) {
        StrictParameters.check(request, FILTERS);
        return new DeletedView(history.delete(query.filter()));
    }

    private Frame find(String id) {
        try {
            return history.message(Long.parseLong(id)).orElseThrow(() -> Problem.unknownMessage(id));
        } catch (NumberFormatException e) {
            throw Problem.unknownMessage(id);
        }
    }

    private static PayloadEncoding encoding(@Nullable String text) {
        PayloadEncoding chosen =
                StrictParameters.oneOf("encoding", text, PayloadEncoding.values(), PayloadEncoding::word);
        return chosen == null ? PayloadEncoding.ESCAPED : chosen;
    }
}
