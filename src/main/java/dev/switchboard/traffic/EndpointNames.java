package dev.switchboard.traffic;

/** Knows names of endpoints, so that under one name there is the traffic of one endpoint. Any thread may ask. */
@FunctionalInterface
public interface EndpointNames {

    /** Whether there is, or is to be again, an endpoint of this name. */
    boolean taken(String endpoint);
}
