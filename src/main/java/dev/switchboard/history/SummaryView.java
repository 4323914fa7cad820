package dev.switchboard.history;

import dev.switchboard.traffic.UtcMicros;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A {@link Summary} as JSON. */
@Schema(name = "Summary", description = "What messages add up to. Bytes are those of payloads.")
record SummaryView(
        long framesIn,
        long bytesIn,
        long framesOut,
        long bytesOut,

        @Schema(description = "How many frames in this time were not recorded on the endpoint, or the connection's.")
        long captureGap,

        @Schema(description = "Where the time spanned begins; null where nothing says so.") @Nullable
        String since,

        @Schema(description = "The time spanned ends before this; null where nothing says so.") @Nullable
        String until,

        @Schema(description = "False where time ran out.") boolean complete,

        @Schema(description = "Where time ran out, the time reached: what is older is not counted. Null otherwise.")
        @Nullable
        String searchedTo,

        @Schema(
                description =
                        "Oldest first, without a hole; fewer than asked for where they would be under a microsecond.")
        List<BucketView> buckets) {

    static final int MAX_BUCKETS = 500;

    private static final int MICRO = 1_000;

    @Schema(name = "Bucket", description = "A part of the time spanned.")
    record BucketView(
            @Schema(description = "Where it begins; it ends where the next one does.")
            String at,

            long framesIn,
            long bytesIn,
            long framesOut,
            long bytesOut,

            @Schema(description = "Frames that were not recorded.")
            long missed) {

        static BucketView of(Summary.Bucket bucket) {
            Sums sums = bucket.sums();
            return new BucketView(
                    UtcMicros.format(bucket.at()),
                    sums.framesIn(),
                    sums.bytesIn(),
                    sums.framesOut(),
                    sums.bytesOut(),
                    sums.missed());
        }
    }

    static SummaryView of(Summary summary) {
        Sums sums = summary.sums();
        return new SummaryView(
                sums.framesIn(),
                sums.bytesIn(),
                sums.framesOut(),
                sums.bytesOut(),
                sums.missed(),
                TimeParameter.format(summary.since()),
                TimeParameter.format(roundedUp(summary.until())),
                summary.complete(),
                TimeParameter.format(summary.searchedTo()),
                summary.buckets().stream().map(BucketView::of).toList());
    }

    /** So that what is cut to microseconds still is past the end. */
    private static OptionalLong roundedUp(OptionalLong until) {
        return until.isPresent() && until.getAsLong() < Long.MAX_VALUE - MICRO
                ? OptionalLong.of(Math.ceilDiv(until.getAsLong(), MICRO) * MICRO)
                : until;
    }

    /** @throws org.springframework.web.ErrorResponseException (400) for what is not a number in range */
    static int buckets(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        try {
            int buckets = Integer.parseInt(text);
            if (buckets >= 0 && buckets <= MAX_BUCKETS) {
                return buckets;
            }
        } catch (NumberFormatException e) {
            // Said below, together with what is out of range.
        }
        throw Problem.badParameter("buckets", text + " is not a number from 0 to " + MAX_BUCKETS);
    }
}
