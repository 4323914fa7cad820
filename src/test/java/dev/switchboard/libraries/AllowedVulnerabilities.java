package dev.switchboard.libraries;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Vulnerabilities that somebody looked at and found to do no harm here, for a while. A line for each, such as
 * {@code GHSA-abcd-efgh-ijkl until 2027-01-31: we never call it}; empty lines and those that begin with {@code #} say
 * nothing.
 */
record AllowedVulnerabilities(List<Entry> entries) {

    private static final Pattern LINE = Pattern.compile("(\\S+) until (\\d{4}-\\d{2}-\\d{2}): (\\S.*)");

    /** @param until the last day on which it is allowed */
    record Entry(String id, LocalDate until, String reason) {}

    static AllowedVulnerabilities read(List<String> lines) {
        List<Entry> entries = new ArrayList<>();
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException("not of the form 'id until 2027-01-31: reason': " + line);
            }
            entries.add(new Entry(matcher.group(1), day(matcher.group(2), line), matcher.group(3)));
        }
        return new AllowedVulnerabilities(entries);
    }

    private static LocalDate day(String text, String line) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("there is no such day: " + line, e);
        }
    }

    boolean allows(Vulnerability vulnerability, LocalDate today) {
        return entries.stream()
                .anyMatch(entry ->
                        entry.id().equals(vulnerability.id()) && !entry.until().isBefore(today));
    }
}
