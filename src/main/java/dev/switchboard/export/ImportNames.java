package dev.switchboard.export;

import java.util.regex.Pattern;

/** What imported things are called. */
final class ImportNames {

    /** As the name of an endpoint. */
    private static final Pattern ENDPOINT = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private ImportNames() {}

    static boolean isEndpoint(String name) {
        return ENDPOINT.matcher(name).matches();
    }

    /** An endpoint of an NDJSON file, under the name of the import. */
    static String endpoint(String name, String original) {
        return name + "-" + original;
    }

    /** With a dot, which neither the name of an endpoint nor the id of one of our own connections has. */
    static String connection(String name, long number) {
        return name + "." + number;
    }
}
