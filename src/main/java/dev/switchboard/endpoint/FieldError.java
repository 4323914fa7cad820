package dev.switchboard.endpoint;

/**
 * What is wrong with one field of what was given.
 *
 * @param field its name; a dot leads into a nested object
 * @param message for people, with the way out
 */
record FieldError(String field, String message) {}
