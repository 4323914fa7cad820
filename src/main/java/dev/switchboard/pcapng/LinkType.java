package dev.switchboard.pcapng;

/** What packets of an interface begin with; numbers of the tcpdump group's registry of link-layer header types. */
public final class LinkType {

    /** An IPv4 or IPv6 header, told apart by its first four bits. */
    public static final int RAW = 101;

    private LinkType() {}
}
